//! The whole stack in the recommended order, with options in every form.

#![deny(warnings)]

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[instrument_task(fields(id, user.name = %name, late = Empty), err(level = warn, Debug), ret)]
#[cancellable(grace = 1s)]
#[with_timeout("1m 30s", total,)]
#[retry(attempts = 4, exponential(1ms, factor = 1.5, max = 0.5s), jitter = equal, clone(name), attempt = at)]
#[with_timeout(limit.unwrap_or(Duration::MAX), attempt, error = |stop| stop.into())]
async fn fetch(
    token: CancellationToken,
    id: u64,
    name: String,
    limit: Option<Duration>,
) -> Result<String, Stopped> {
    tokio::task::yield_now().await;
    Ok(format!("{id} {name} {} {}", at.number, token.is_cancelled()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let token = CancellationToken::new();
    let fetched = fetch(token, 7, "ada".to_owned(), Some(Duration::from_secs(1))).await;
    assert_eq!(fetched, Ok("7 ada 1 false".to_owned()));
}

// H141, H160
