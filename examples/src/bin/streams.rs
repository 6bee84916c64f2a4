//! A stream of requests: four under way at a time, each with a limit of its own, written in batches by size and by time.
//!
//! Look at the chain in `main`: the stages are those of futures-util and tokio-stream, and a limit on one item is a method
//! on its future.

use std::time::Duration;

use etiquette::{CancellationToken, Limits};
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, sleep};

/// How long a batch waits to be full.
const GATHER: Duration = Duration::from_millis(30);

/// Every seventh never answers.
async fn thumbnail(picture: u32) -> u32 {
    let millis = if picture.is_multiple_of(7) {
        60_000
    } else {
        10 + u64::from(picture % 3)
    };
    sleep(Duration::from_millis(millis)).await;
    picture * 100
}

#[etiquette::main]
async fn main() {
    let start = Instant::now();
    let (mut made, mut late, mut batches) = (0, 0, 0);

    let pictures = stream::iter(1..=20);
    let thumbnails = pictures
        .map(|picture| thumbnail(picture).with_timeout(Duration::from_millis(150)))
        .buffer_unordered(4);
    // A batch is full with five, or written as it is.
    let mut written = std::pin::pin!(tokio_stream::StreamExt::chunks_timeout(thumbnails, 5, GATHER));
    while let Some(batch) = written.next().await {
        batches += 1;
        made += batch.iter().flatten().count();
        late += batch.iter().filter(|thumbnail| thumbnail.is_err()).count();
    }
    println!("{made} thumbnails in {batches} batches, {late} given up");
    println!(
        "it took less than a second: {}",
        start.elapsed() < Duration::from_secs(1)
    );

    // A stream without an end ends when it is asked to.
    let stop = CancellationToken::new();
    let mut ticks = std::pin::pin!(
        stream::unfold(0, async |n| {
            sleep(Duration::from_millis(10)).await;
            Some((n, n + 1))
        })
        .take_until(stop.cancelled())
    );
    let mut last = 0;
    while let Some(tick) = ticks.next().await {
        last = tick;
        if tick == 5 {
            stop.cancel();
        }
    }
    println!("stopped after tick {last}");
}
