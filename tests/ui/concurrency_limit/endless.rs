//! Never wait for ever, unless that is what you say.

use etiquette::{CancellationToken, Stopped, concurrency_limit, retry, with_timeout};

#[concurrency_limit(16)]
async fn alone() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 3)]
#[concurrency_limit(16, queue = 100)]
async fn below_a_retry() -> Result<(), Stopped> {
    Ok(())
}

// The limit on the body is none on the queue.
#[concurrency_limit(16)]
#[with_timeout(5s)]
async fn timeout_below() -> Result<(), Stopped> {
    Ok(())
}

// One mistake, one error: what bounds it is there, and only cannot be read.
#[with_timeout(5)]
#[concurrency_limit(16)]
async fn timeout_without_a_unit() -> Result<(), Stopped> {
    Ok(())
}

// These are fine.
#[concurrency_limit(16, wait = forever)]
async fn meant() -> Result<(), Stopped> {
    Ok(())
}

#[etiquette::cancellable]
#[concurrency_limit(16)]
async fn cancelled(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (alone(), below_a_retry(), timeout_below(), timeout_without_a_unit(), meant());
    let _ = cancelled(CancellationToken::new());
}
