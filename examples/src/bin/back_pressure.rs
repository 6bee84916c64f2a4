//! A queue with an end: who produces faster than the other side consumes has to wait, instead of filling the memory.
//!
//! Look at the warning on standard error: it comes once, when the queue is more than 80 % full, and names the place
//! where the queue was made. `try_send` is for what may be dropped when there is no room.

use std::time::{Duration, Instant};

use etiquette::{Tasks, queue};
use tokio::time::sleep;

const CAPACITY: usize = 8;
const LINES: u32 = 40;

/// Produces at once, and waits for room.
async fn producer(lines: queue::Sender<u32>) -> (f64, Duration) {
    let (mut fullest, mut waited) = (0.0_f64, Duration::ZERO);
    for line in 0..LINES {
        let start = Instant::now();
        if lines.send(line).await.is_err() {
            break;
        }
        waited += start.elapsed();
        fullest = fullest.max(lines.fill());
    }
    (fullest, waited)
}

/// Takes five milliseconds for each line.
async fn consumer(mut lines: queue::Receiver<u32>) -> u32 {
    let mut written = 0;
    while lines.recv().await.is_some() {
        sleep(Duration::from_millis(5)).await;
        written += 1;
    }
    written
}

#[etiquette::main]
async fn main(tasks: Tasks) -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();

    let (lines, written) = queue::bounded(CAPACITY);
    let producer = tasks.spawn("producer", producer(lines));
    let consumer = tasks.spawn("consumer", consumer(written));
    let (fullest, waited) = producer.await?;
    println!("{} lines written, none lost", consumer.await?);
    println!("the queue was up to {:.0} % full", fullest * 100.0);
    println!(
        "the producer was held back: {}",
        waited > Duration::from_millis(100)
    );

    // What may get lost: measurements of a meter that does not wait.
    let (samples, mut kept) = queue::bounded(CAPACITY);
    let lost = (0..20)
        .filter(|sample| samples.try_send(*sample).is_err())
        .count();
    drop(samples);
    let mut sum = 0;
    while let Some(sample) = kept.recv().await {
        sum += sample;
    }
    println!("of 20 samples {lost} found no room; the others add up to {sum}");
    Ok(())
}
