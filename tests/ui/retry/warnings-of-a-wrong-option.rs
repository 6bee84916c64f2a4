//! A wrong option is the only thing that is said: what it names is not called unused.

#![deny(unused)]

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[instrument_task(fields(id))]
#[cancellable]
#[with_timeout(limit, total)]
#[retry(attemps = 3, clone(tag))]
async fn fetch(token: CancellationToken, id: u64, limit: Duration, tag: String) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    drop(fetch(CancellationToken::new(), 1, Duration::ZERO, String::new()));
}
