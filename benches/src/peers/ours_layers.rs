//! etiquette's layers that keep a state, as their users write them.

use std::time::Duration;

use etiquette::{
    MonotonicClock, RateLimit, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, rate_limit, retry, with_timeout,
};
use tokio_util::sync::CancellationToken;

use crate::subject::{Error, Outcome, ready, seldom};

#[circuit_breaker]
pub(crate) async fn breaker(x: u64) -> Outcome {
    ready(x).await
}

/// One of a hundred calls fails: far from opening it.
#[circuit_breaker]
pub(crate) async fn breaker_seldom(x: u64) -> Outcome {
    seldom(x).await
}

#[concurrency_limit(64, wait = 1s)]
pub(crate) async fn limit(x: u64) -> Outcome {
    ready(x).await
}

/// As many as it can count: it is asked, and never says no.
pub(crate) const MANY: u32 = u32::MAX;

#[rate_limit(MANY, per = 1s, wait = none)]
pub(crate) async fn rate(x: u64) -> Outcome {
    ready(x).await
}

static MONOTONIC: RateLimit<MonotonicClock> =
    RateLimit::with_clock(MANY, Duration::from_secs(1), MonotonicClock);

#[rate_limit(limiter = &MONOTONIC, wait = none)]
pub(crate) async fn rate_monotonic(x: u64) -> Outcome {
    ready(x).await
}

#[hedge(after = 50ms)]
pub(crate) async fn hedged(x: u64) -> Outcome {
    ready(x).await
}

/// The recommended order, all of it.
#[instrument_task(fields(x), err)]
#[cancellable]
#[fallback(with = |error: Error| Err(error), when = |error| matches!(error, Error::Cancelled))]
#[with_timeout(30s, total)]
#[retry]
#[circuit_breaker]
#[rate_limit(MANY, per = 1s, wait = none)]
#[with_timeout(2s, attempt)]
#[concurrency_limit(64)]
pub(crate) async fn recommended(token: &CancellationToken, x: u64) -> Outcome {
    ready(x).await
}
