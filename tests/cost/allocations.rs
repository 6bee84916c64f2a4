//! Heap allocations per call, counted by an allocator that counts.

use crate::Error;
use allocation_counter::measure;
use etiquette::{
    CircuitBreaker, ConcurrencyLimit, Limits, RateLimit, blocking, cancellable, circuit_breaker,
    concurrency_limit, fallback, hedge, instrument_task, rate_limit, retry, retrying, shield, with_timeout,
};
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

#[circuit_breaker]
async fn guarded(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[circuit_breaker(window = 30s, slow_call = 1s, when = |_| true, abandoned = failure)]
async fn guarded_with_options(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[concurrency_limit(16, wait = forever)]
async fn one_of_sixteen(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[concurrency_limit(16, wait = 1s, queue = 4)]
async fn one_of_a_queue(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[rate_limit(100, per = 1s, wait = forever)]
async fn one_of_a_hundred(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[hedge(after = 50ms)]
async fn hedged(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[hedge(after = 50ms, attempts = 3, clone(n), key = n)]
async fn hedged_with_options(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[fallback(Ok(0))]
async fn replaced(n: u64) -> Result<u64, Error> {
    if n == 0 { Err(Error::Busy) } else { Ok(n) }
}

#[fallback(with = Err, when = |error| matches!(error, Error::Busy))]
async fn replaced_with_options(n: u64) -> Result<u64, Error> {
    Ok(n)
}

struct States {
    breaker: CircuitBreaker,
    places: ConcurrencyLimit,
    semaphore: tokio::sync::Semaphore,
    limiter: RateLimit,
}

impl States {
    #[circuit_breaker(state = self.breaker)]
    #[concurrency_limit(semaphore = self.places, wait = none)]
    #[concurrency_limit(semaphore = self.semaphore, wait = 1s)]
    #[rate_limit(limiter = self.limiter, wait = 1s)]
    async fn limited(&self, n: u64) -> Result<u64, Error> {
        Ok(n)
    }
}

#[instrument_task]
#[cancellable]
#[fallback(Ok(0))]
#[with_timeout(3s, total)]
#[retry]
#[circuit_breaker]
#[rate_limit(100, per = 1s)]
#[with_timeout(500ms, attempt)]
#[concurrency_limit(16)]
async fn recommended(token: &CancellationToken, n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[shield]
async fn shielded(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[blocking]
async fn on_a_thread(n: u64) -> Result<u64, Error> {
    Ok(n)
}

#[circuit_breaker(key = n)]
#[concurrency_limit(16, key = n, wait = none)]
#[rate_limit(100, per = 1s, key = n, wait = none)]
async fn keyed(n: u64) -> Result<u64, Error> {
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

/// With the `metrics` feature, which another crate of the build may ask for: whether the process has a recorder is found
/// out once, by asking a thread.
fn ask_who_listens() {
    allocations(async { watched(7).await.ok() }, Some(7));
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(async { Box::new(7) }, Box::new(7)), 1);
}

#[test]
fn a_body_that_is_ready_costs_no_allocation() {
    ask_who_listens();
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

#[test]
fn a_body_that_is_ready_costs_no_allocation_under_the_other_layers() {
    ask_who_listens();
    assert_eq!(
        allocations(async { guarded(7).await.ok() }, Some(7)),
        0,
        "circuit_breaker"
    );
    let options = async { guarded_with_options(7).await.ok() };
    assert_eq!(allocations(options, Some(7)), 0, "circuit_breaker with options");
    // Debug builds keep a list of the slots that a thread is in, which is allocated once.
    allocations(async { one_of_sixteen(7).await.ok() }, Some(7));
    let limited = async { one_of_sixteen(7).await.ok() };
    assert_eq!(allocations(limited, Some(7)), 0, "concurrency_limit");
    let limited = async { one_of_a_queue(7).await.ok() };
    assert_eq!(allocations(limited, Some(7)), 0, "concurrency_limit with options");
    let limited = async { one_of_a_hundred(7).await.ok() };
    assert_eq!(allocations(limited, Some(7)), 0, "rate_limit");
    assert_eq!(allocations(async { hedged(7).await.ok() }, Some(7)), 0, "hedge");
    let options = async { hedged_with_options(7).await.ok() };
    assert_eq!(allocations(options, Some(7)), 0, "hedge with options");
    assert_eq!(
        allocations(async { replaced(7).await.ok() }, Some(7)),
        0,
        "fallback"
    );
    assert_eq!(
        allocations(async { replaced(0).await.ok() }, Some(0)),
        0,
        "fallback, used"
    );
    let options = async { replaced_with_options(7).await.ok() };
    assert_eq!(allocations(options, Some(7)), 0, "fallback with options");
    let states = States {
        breaker: CircuitBreaker::new(),
        places: ConcurrencyLimit::new(4),
        semaphore: tokio::sync::Semaphore::new(4),
        limiter: RateLimit::new(100, Duration::from_secs(1)),
    };
    let limited = async { states.limited(7).await.ok() };
    assert_eq!(allocations(limited, Some(7)), 0, "states of one's own");
    let token = CancellationToken::new();
    let all = async { recommended(&token, 7).await.ok() };
    assert_eq!(allocations(all, Some(7)), 0, "recommended stack");
}

/// The allocations of a call, the second of its kind, on a runtime that is warm.
fn allocations_of_a_task<T: PartialEq + std::fmt::Debug, F: Future<Output = T>>(call: impl Fn() -> F) -> u64 {
    // One thread for what blocks: with more, a second one is begun where the first has not yet gone idle.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .expect("a runtime");
    let expected = runtime.block_on(call());
    let counted = measure(|| assert_eq!(runtime.block_on(call()), expected));
    counted.count_total
}

// What has to allocate does so a known number of times: once for a task, or a thread's work, and for a key that is new.
#[test]
fn what_allocates_allocates_little() {
    let new = allocations(async { keyed(1).await.ok() }, Some(1));
    let known = allocations(async { keyed(1).await.ok() }, Some(1));
    let shield = allocations_of_a_task(|| async { shielded(7).await.ok() });
    let blocking = allocations_of_a_task(|| async { on_a_thread(7).await.ok() });
    println!("a new key in three layers {new}, a known one {known}, shield {shield}, blocking {blocking}");
    assert!(new > 0, "nothing is kept for a key");
    assert_eq!([known, shield, blocking], [0, 1, 1]);
}
