//! `backoff =` takes a function from the retry's number to a delay.

use etiquette::{Stopped, retry};
use std::time::Duration;

#[retry(backoff = Duration::from_secs(1))]
async fn value() -> Result<(), Stopped> {
    Ok(())
}

#[retry(backoff = |n| n * 100)]
async fn milliseconds() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (value(), milliseconds());
}
