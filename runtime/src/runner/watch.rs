//! Who hears the signals: a thread of its own, so that a program whose threads are all blocked still ends
//! when it is asked to.

use std::{
    io::{self, IsTerminal},
    process::exit,
    sync::{Arc, OnceLock, mpsc},
    thread,
    time::Duration,
};

use tokio::{runtime::Builder, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    program::MainBody,
    signals::{Signal, Signals},
};
use crate::{Drain, Tasks};

/// What a program that does not end by itself gets beyond its drain.
const SLACK: Duration = Duration::from_millis(500);

/// What the thread and the program tell each other.
#[derive(Debug)]
pub(super) struct Watch {
    signal: OnceLock<Signal>,
    drains: CancellationToken,
    ended: CancellationToken,
}

impl Watch {
    /// Returns when signals are heard.
    pub(super) fn begin(tasks: &Tasks, drain: Drain, body: &MainBody) -> Arc<Self> {
        let watch = Arc::new(Self {
            signal: OnceLock::new(),
            drains: CancellationToken::new(),
            ended: CancellationToken::new(),
        });
        let (hears, heard) = mpsc::sync_channel(1);
        let (this, tasks, body) = (Arc::clone(&watch), tasks.clone(), body.clone());
        let listening = thread::Builder::new()
            .name("etiquette-signals".into())
            .spawn(move || {
                let begun = Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .and_then(|runtime| {
                        let inside = runtime.enter();
                        let signals = Signals::listen()?;
                        drop(inside);
                        Ok((runtime, signals))
                    });
                match begun {
                    Ok((runtime, signals)) => {
                        let _ = hears.send(Ok(()));
                        let listening = this.listen(signals, &tasks, drain, &body);
                        runtime.block_on(this.ended.run_until_cancelled(listening));
                    }
                    Err(error) => {
                        let _ = hears.send(Err(error));
                    }
                }
            });
        let begun = listening.and_then(|_| heard.recv().unwrap_or(Ok(())));
        if let Err(error) = begun {
            eprintln!("etiquette: signals cannot be heard, they end the process: {error}");
        }
        watch
    }

    async fn listen(&self, mut signals: Signals, tasks: &Tasks, drain: Drain, body: &MainBody) {
        if let Some(signal) = self.drains.run_until_cancelled(signals.next()).await {
            self.heard(signal, tasks, drain);
        }
        let limit = drain.total().saturating_add(SLACK);
        let second = async {
            if self.signal.get().is_none() {
                let signal = signals.next().await;
                self.heard(signal, tasks, drain);
            }
            signals.next().await;
        };
        match timeout(limit, second).await {
            Ok(()) => exit(Signal::Interrupt.exit_code()),
            Err(_) => {
                // Whatever holds the threads, these are the ones to ask.
                let left = tasks.left(body);
                for laggard in &left {
                    eprintln!("error: {laggard} holds up the shutdown after {:?}", drain.total());
                }
                if left.is_empty() {
                    eprintln!(
                        "error: blocking work holds up the shutdown after {:?}",
                        drain.total()
                    );
                }
                exit(1);
            }
        }
    }

    fn heard(&self, signal: Signal, tasks: &Tasks, drain: Drain) {
        #[cfg(feature = "tracing")]
        tracing::info!(target: "etiquette::main", signal = signal.name(), "shutting down");
        if signal == Signal::Interrupt && io::stderr().is_terminal() {
            eprintln!(
                "shutting down, in {:?} at the latest; once more Ctrl-C to exit at once",
                drain.total()
            );
        }
        let _ = self.signal.set(signal);
        tasks.begin_shutdown();
    }

    /// The first signal that was heard.
    pub(super) fn signal(&self) -> Option<Signal> {
        self.signal.get().copied()
    }

    /// The program ends, for a reason of its own: from now on it has limited time.
    pub(super) fn drains(&self) {
        self.drains.cancel();
    }

    /// Nothing is left to be watched.
    pub(super) fn end(&self) {
        self.ended.cancel();
    }
}
