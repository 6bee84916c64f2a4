//! Places that would be held while a retry sleeps, and a word about that where nothing sleeps.

use etiquette::{Stopped, concurrency_limit, instrument_task, retry, with_timeout};

#[instrument_task]
#[concurrency_limit(16, wait = 1s)]
#[with_timeout(30s, total)]
#[retry(attempts = 3)]
async fn above_a_retry() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = 1s, across_retries)]
async fn without_a_retry() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 3)]
#[concurrency_limit(16, wait = 1s, across_retries)]
async fn below_a_retry() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (above_a_retry(), without_a_retry(), below_a_retry());
}
