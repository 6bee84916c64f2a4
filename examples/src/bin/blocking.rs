//! Work that blocks or computes for long: off the threads that drive the tasks, two at a time.
//!
//! Look at `digest`: its body has no await. A ticker runs beside it and notes the longest time that it was not polled; the
//! same work without `#[blocking]` stops it, on this one-threaded runtime, for as long as the work takes.

use std::{cell::Cell, time::Duration};

use etiquette::{Stopped, blocking, with_timeout};
use futures_util::future::join_all;
use tokio::time::{Instant, sleep};

/// A tenth of a second of computing, on a real clock.
fn compute(seed: u64) -> u64 {
    let start = std::time::Instant::now();
    let mut digest = seed;
    while start.elapsed() < Duration::from_millis(100) {
        for _ in 0..1_000 {
            digest = digest.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        }
    }
    std::hint::black_box(digest);
    seed
}

#[with_timeout(5s)]
#[blocking(limit = 2)]
async fn digest(seed: u64) -> Result<u64, Stopped> {
    Ok(compute(seed))
}

/// What not to write.
async fn digest_in_line(seed: u64) -> Result<u64, Stopped> {
    Ok(compute(seed))
}

/// The longest time between two looks, while `work` runs.
async fn longest_gap<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let longest = Cell::new(Duration::ZERO);
    let ticker = async {
        loop {
            let start = Instant::now();
            sleep(Duration::from_millis(1)).await;
            longest.set(longest.get().max(start.elapsed()));
        }
    };
    let work = async {
        tokio::task::yield_now().await; // the ticker begins first
        let out = work.await;
        sleep(Duration::from_millis(2)).await;
        out
    };
    let out = tokio::select! {
        biased; // the ticker has the last look
        never = ticker => never,
        out = work => out,
    };
    (out, longest.get())
}

#[etiquette::main(flavor = "current_thread")]
async fn main() -> Result<(), Stopped> {
    let (sums, gap) = longest_gap(join_all((1..=4).map(digest))).await;
    let sum: u64 = sums.into_iter().sum::<Result<u64, _>>()?;
    println!("four digests (sum {sum}) off the thread: {}", held(gap));

    let (sums, gap) = longest_gap(join_all((1..=4).map(digest_in_line))).await;
    let sum: u64 = sums.into_iter().sum::<Result<u64, _>>()?;
    println!("four digests (sum {sum}) in line: {}", held(gap));
    Ok(())
}

fn held(gap: Duration) -> &'static str {
    match gap > Duration::from_millis(350) {
        true => "the others stand still for all of it",
        false => "the others go on",
    }
}
