//! A bare duration in an option that is no duration.

use etiquette::{Stopped, cancellable, retry};

#[retry(when = |e| e.retry_after() > Some(5s))]
async fn in_a_predicate() -> Result<(), Stopped> {
    Ok(())
}

#[retry(backoff = |n| 100ms * n)]
async fn in_a_backoff() -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(future = tokio::time::sleep(5s))]
async fn in_a_future() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (in_a_predicate(), in_a_backoff(), in_a_future());
}
