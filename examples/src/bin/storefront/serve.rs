//! An HTTP server on a loopback port, from its start to its orderly end.

use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than any answer that a server here still owes after it was told to stop.
const DRAIN: Duration = Duration::from_secs(5);

/// A running server, which must be stopped with [`Server::stop`].
pub(crate) struct Server {
    name: &'static str,
    url: String,
    stop: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Binds a free port and hands the listener to `serve`, which must end soon after the token is cancelled.
    pub(crate) async fn start<F>(
        name: &'static str,
        serve: impl FnOnce(TcpListener, CancellationToken) -> F,
    ) -> anyhow::Result<Self>
    where
        F: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .with_context(|| format!("binding a port for {name}"))?;
        let address = listener
            .local_addr()
            .with_context(|| format!("reading the port of {name}"))?;
        let stop = CancellationToken::new();
        let task = tokio::spawn(serve(listener, stop.clone()));
        Ok(Self {
            name,
            url: format!("http://{address}"),
            stop,
            task,
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Accepts no more connections, waits for the answers under way, and reports what went wrong while it ran.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        self.stop.cancel();
        match tokio::time::timeout(DRAIN, &mut self.task).await {
            Ok(joined) => joined
                .with_context(|| format!("the task of {} did not end by itself", self.name))?
                .with_context(|| format!("serving {}", self.name)),
            Err(_) => {
                self.task.abort();
                bail!(
                    "{} still had open requests {DRAIN:?} after it was told to stop",
                    self.name
                )
            }
        }
    }
}
