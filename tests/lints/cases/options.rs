//! Every option that writes code of its own.

use crate::{Error, tick};
use core::future::Future;
use core::result::Result::{self, Err, Ok};
use core::time::Duration;
use etiquette::{Class, RetryPolicy, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

static BUDGET: etiquette::RetryBudget = etiquette::RetryBudget::new();

/// Everything.
///
/// # Errors
/// Always.
#[instrument_task(fields(number, text = %text), err, ret(Debug), name = "all", target = "here")]
#[cancellable(grace = 1s, name = "all")]
#[with_timeout(Duration::from_secs(30), total, error = |timed_out| Error::Stopped(timed_out.into()))]
#[retry(
    attempts = 3,
    max_elapsed = 20s,
    exponential(1ms, factor = 3, max = 1s),
    jitter = equal,
    when = |error| matches!(error, Error::Busy),
    max_hint = 1s,
    budget = &BUDGET,
    on_retry = |retry| debug_assert!(retry.attempt > 0),
    clone(text, _unused),
    attempt = at
)]
#[with_timeout(5s, attempt, or_return = Err(Error::Busy))]
pub async fn everything(
    token: CancellationToken,
    number: u32,
    text: String,
    _unused: String,
) -> Result<String, Error> {
    let child = token.child_token();
    tick().await;
    if at.is_last && !child.is_cancelled() {
        return Ok(format!("{text} {number}"));
    }
    Err(Error::Busy)
}

/// Keys and hooks that wait.
///
/// # Errors
/// Always.
#[retry(
    delays(1ms, 2ms),
    when_result = |result| if result.is_err() { Class::Transient } else { Class::Permanent },
    key = *number,
    on_retry = |_| tick().await
)]
pub async fn keyed(number: &u32) -> Result<u32, Error> {
    tick().await;
    Ok(*number)
}

/// By policy.
///
/// # Errors
/// Never.
#[retry(policy = RetryPolicy::new().attempts(2), when = any)]
pub async fn by_policy() -> Result<(), Error> {
    tick().await;
    Ok(())
}

/// A future comes out.
#[instrument_task]
pub async fn gives_a_future() -> impl Future<Output = u8> {
    tick().await;
    async { 1 }
}

/// A future comes out of many layers.
#[cancellable(future = tick(), or_return = Box::pin(async { 2 }))]
#[with_timeout(5s, or_return = Box::pin(async { 3 }))]
pub async fn gives_a_boxed_future() -> core::pin::Pin<Box<dyn Future<Output = u8>>> {
    tick().await;
    Box::pin(async { 1 })
}

/// A worker.
#[cancellable]
pub async fn worker(token: CancellationToken, count: &mut u32) {
    loop {
        *count += 1;
        tick().await;
    }
}

/// By hand.
///
/// # Errors
/// Never.
pub async fn by_hand(number: u32) -> Result<u32, Error> {
    etiquette::retrying!(
        attempts = 2,
        constant(1ms),
        attempt = at,
        async || -> Result<u32, Error> {
            tick().await;
            Ok(number + at.number)
        }
    )
    .await
}
