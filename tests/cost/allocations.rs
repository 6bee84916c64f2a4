//! Heap allocations per call, counted by an allocator that counts.

use crate::Error;
use allocation_counter::measure;
use etiquette::{Limits, cancellable, instrument_task, retry, retrying, with_timeout};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[with_timeout(5s)]
async fn timed(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[cancellable]
async fn cancelled(token: &CancellationToken, n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[cancellable]
async fn cancelled_by_an_owned_token(token: CancellationToken, n: u64) -> Result<u64, Error> {
    Ok(n + u64::from(token.is_cancelled()))
}

#[retry]
async fn retried(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[retry(attempts = 5, max_elapsed = 30s, clone(n), attempt = at, key = n, when = any)]
async fn retried_with_options(n: u64) -> Result<u64, Error> {
    Ok(n + u64::from(at.number) - 1)
}

#[instrument_task(fields(n), err, ret)]
async fn watched(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[instrument_task]
#[cancellable]
#[with_timeout(30s, total)]
#[retry]
#[with_timeout(5s, attempt)]
async fn stacked(token: &CancellationToken, n: u64) -> Result<u64, Error> {
    Ok(n)
}

/// The allocations of one poll that completes.
fn allocations<T: PartialEq + std::fmt::Debug>(future: impl Future<Output = T>, expected: T) -> u64 {
    let mut future = pin!(future);
    let mut out = None;
    let counted = measure(|| {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            out = Some(value);
        }
    });
    assert_eq!(out, Some(expected), "ready at once");
    counted.count_total
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(async { Box::new(7) }, Box::new(7)), 1);
}

#[test]
fn a_body_that_is_ready_costs_no_allocation() {
    let token = CancellationToken::new();
    let own = token.clone();
    assert_eq!(
        allocations(async { timed(7).await.ok() }, Some(7)),
        0,
        "with_timeout"
    );
    assert_eq!(
        allocations(async { cancelled(&token, 7).await.ok() }, Some(7)),
        0,
        "cancellable"
    );
    assert_eq!(
        allocations(async { cancelled_by_an_owned_token(own, 7).await.ok() }, Some(7)),
        0,
        "cancellable, clone"
    );
    assert_eq!(allocations(async { retried(7).await.ok() }, Some(7)), 0, "retry");
    assert_eq!(
        allocations(async { retried_with_options(7).await.ok() }, Some(7)),
        0,
        "retry with options"
    );
    assert_eq!(
        allocations(async { watched(7).await.ok() }, Some(7)),
        0,
        "instrument_task"
    );
    assert_eq!(
        allocations(async { stacked(&token, 7).await.ok() }, Some(7)),
        0,
        "full stack"
    );
    let limited = async { async { 7 }.with_timeout(Duration::from_secs(1)).await.ok() };
    assert_eq!(allocations(limited, Some(7)), 0, "Limits::with_timeout");
    let limited = async { async { 7 }.or_cancelled(&token).await.ok() };
    assert_eq!(allocations(limited, Some(7)), 0, "Limits::or_cancelled");
    let retrying = async {
        retrying!(when = any, async || -> Result<u8, Error> { Ok(7) })
            .await
            .ok()
    };
    assert_eq!(allocations(retrying, Some(7)), 0, "retrying!");
}
