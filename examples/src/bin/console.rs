//! What runs, live: with `--cfg tokio_unstable` the tasks of this program can be watched in tokio-console.
//!
//! ```text
//! RUSTFLAGS="--cfg tokio_unstable" cargo run -p etiquette-examples --bin console -- 60
//! tokio-console        # in another terminal: cargo install tokio-console
//! ```
//!
//! Built without the flag it prints its spans instead. It ends by itself, after a second or as many as its argument says.
//! Look at the names and the poll times: one worker waits, one is busy, and one wakes itself all the time.

use std::time::Duration;

use etiquette::{CancellationToken, Tasks, cancellable, instrument_task};
use tokio::time::sleep;

/// Mostly waits.
#[instrument_task]
#[cancellable]
async fn patient(draining: CancellationToken) {
    loop {
        sleep(Duration::from_millis(100)).await;
    }
}

/// Computes between two waits.
#[instrument_task]
#[cancellable]
async fn busy(draining: CancellationToken) {
    loop {
        let until = std::time::Instant::now() + Duration::from_millis(5);
        while std::time::Instant::now() < until {
            std::hint::spin_loop();
        }
        sleep(Duration::from_millis(5)).await;
    }
}

/// Wakes itself: the console warns of such a task.
#[instrument_task]
#[cancellable]
async fn restless(draining: CancellationToken) {
    loop {
        tokio::task::yield_now().await;
    }
}

#[cfg(tokio_unstable)]
fn watch() -> &'static str {
    console_subscriber::init();
    "watch with `tokio-console`"
}

#[cfg(not(tokio_unstable))]
fn watch() -> &'static str {
    use tracing_subscriber::fmt::format::FmtSpan;
    tracing_subscriber::fmt().with_span_events(FmtSpan::CLOSE).init();
    "no console: built without `--cfg tokio_unstable`; these are the spans of the tasks"
}

#[etiquette::main]
async fn main(tasks: Tasks) -> anyhow::Result<()> {
    println!("{}", watch());
    let seconds = std::env::args().nth(1).map_or(Ok(1), |seconds| seconds.parse())?;
    let all = [
        tasks.spawn("patient", patient(tasks.draining())),
        tasks.spawn("busy", busy(tasks.draining())),
        tasks.spawn("restless", restless(tasks.draining())),
    ];
    sleep(Duration::from_secs(seconds)).await;
    println!("{} tasks are asked to leave", tasks.len());
    tasks.begin_shutdown();
    for task in all {
        task.await?;
    }
    Ok(())
}
