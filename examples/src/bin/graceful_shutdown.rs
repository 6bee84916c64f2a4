//! A server that leaves when asked: it takes nothing new in, finishes what it has begun, and names what does not end.
//!
//! `cargo run -p etiquette-examples --bin graceful_shutdown` prints its address; then, from another terminal,
//! `curl http://ADDRESS/slow` and `kill -TERM PID`. With a number as argument it ends by itself after so many seconds.

use std::{io::Write, time::Duration};

use axum::{Router, extract::State, routing::get};
use etiquette::{CancellationToken, Every, Tasks, cancellable, detach};
use tokio::{net::TcpListener, time::sleep};

#[etiquette::main(finish = 2s, cancel = 500ms)]
async fn main(tasks: Tasks) -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!(
        "listening on {}, process {}",
        listener.local_addr()?,
        std::process::id()
    );
    std::io::stdout().flush()?;

    // Work beside the requests: rounds without an end of their own, and something periodic.
    let draining = tasks.draining();
    detach(
        tasks.spawn("worker", worker(draining.clone())),
        "ends with the program",
    );
    let beat = Every::new(Duration::from_secs(30));
    detach(
        tasks.every("heartbeat", beat, async || tracing::info!("alive")),
        "ends with the program",
    );
    if let Some(seconds) = std::env::args().nth(1) {
        let alarm = sleep(Duration::from_secs(seconds.parse()?));
        let (all, draining) = (tasks.clone(), draining.clone());
        let alarm = tasks.spawn("alarm", async move {
            if draining.run_until_cancelled(alarm).await.is_some() {
                all.begin_shutdown();
            }
        });
        detach(alarm, "the end of the demonstration");
    }

    let app = Router::new()
        .route("/", get(async || "hello\n"))
        .route("/slow", get(slow))
        .route("/stuck", get(stuck))
        .with_state(tasks);
    axum::serve(listener, app)
        .with_graceful_shutdown(draining.cancelled_owned())
        .await?;
    tracing::info!("no request is left");
    Ok(())
}

/// A request that is in flight for a second.
async fn slow() -> &'static str {
    sleep(Duration::from_secs(1)).await;
    "done\n"
}

/// Starts something that hears nobody: a shutdown aborts it, and says which it was.
async fn stuck(State(tasks): State<Tasks>) -> &'static str {
    detach(
        tasks.spawn("stuck", std::future::pending::<()>()),
        "a demonstration",
    );
    "started\n"
}

/// Leaves between two rounds, as soon as a shutdown begins.
#[cancellable]
async fn worker(draining: CancellationToken) {
    loop {
        sleep(Duration::from_millis(100)).await;
    }
}
