//! Work that is done again and again, beside everything else, until the program ends.
//!
//! Look at the rounds: the first comes at once, one that fails is logged and the next comes in its time, one that takes
//! too long is cut, and the shutdown does not cut the one that is running.

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use etiquette::{Every, First, Stopped, Tasks, detach, with_timeout};
use tokio::time::{Instant, sleep};

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("the disk is full")]
    DiskFull,
    #[error("too slow")]
    Stopped(#[from] Stopped),
}

static ROUNDS: AtomicU32 = AtomicU32::new(0);

/// Writes what has gathered. The limit is shorter than the period.
#[with_timeout(150ms)]
async fn flush(start: Instant) -> Result<(), Error> {
    let round = ROUNDS.fetch_add(1, Relaxed) + 1;
    println!("round {round} begins after {} ms", start.elapsed().as_millis());
    match round {
        2 => return Err(Error::DiskFull),
        3 => sleep(Duration::from_secs(1)).await, // cut by the limit
        _ => sleep(Duration::from_millis(40)).await,
    }
    println!("round {round} is done");
    Ok(())
}

#[etiquette::main(finish = 1s, cancel = 500ms)]
async fn main(tasks: Tasks) {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let start = Instant::now();
    let every = Every::new(Duration::from_millis(200)).first(First::Now);
    detach(
        tasks.every("flush", every, move || flush(start)),
        "ends with the program",
    );

    // Jitter keeps a hundred processes from asking at the same moment.
    let poll = Every::new(Duration::from_millis(180)).jitter(0.2);
    detach(
        tasks.every("poll", poll, async || println!("polled")),
        "ends with the program",
    );

    // The program leaves while the fifth round is running, which may finish.
    while ROUNDS.load(Relaxed) < 5 {
        sleep(Duration::from_millis(5)).await;
    }
    println!("leaving");
}
