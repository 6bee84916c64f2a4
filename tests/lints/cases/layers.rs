//! Every option of the layers that limit, refuse, replace and move a call.

use crate::{Error, tick};
use core::result::Result::{self, Err, Ok};
use core::time::Duration;
use etiquette::{
    CircuitBreaker, ConcurrencyLimit, KeyedCircuitBreaker, RateLimit, blocking, circuit_breaker,
    concurrency_limit, fallback, hedge, instrument_task, rate_limit, retry, shield, with_timeout,
};
use std::sync::Arc;

static BUDGET: etiquette::RetryBudget = etiquette::RetryBudget::new();
static CIRCUITS: KeyedCircuitBreaker = KeyedCircuitBreaker::new();

const PLACES: usize = 4;

/// A breaker of its own.
///
/// # Errors
/// Always.
#[circuit_breaker(
    failure_rate = 0.25,
    window = 50,
    min_calls = 10,
    open_for = 5s,
    factor = 1.5,
    max = 1m,
    probes = 2,
    slow_call = 300ms,
    slow_rate = 0.9,
    when = |error| matches!(error, Error::Busy),
    abandoned = failure,
    error = |open| Error::Stopped(open.into()),
    name = "own"
)]
pub async fn guarded(number: u32) -> Result<u32, Error> {
    tick().await;
    if number == 0 {
        return Err(Error::Busy);
    }
    Ok(number)
}

/// Limits of its own.
///
/// # Errors
/// Always.
#[circuit_breaker(state = CIRCUITS, key = *number)]
#[concurrency_limit(PLACES, wait = wait, queue = 3, key = (*number, 1), error = |full| Error::Stopped(full.into()))]
#[rate_limit(100, per = 1m30s, burst = 10, wait = wait.saturating_sub(Duration::from_millis(1)), key = *number)]
pub async fn limited(number: &u32, wait: Duration) -> Result<u32, Error> {
    tick().await;
    Ok(*number)
}

/// A breaker that gives something else.
///
/// # Errors
/// Always.
#[circuit_breaker(consecutive = 5, or_return = Ok(1))]
pub async fn instead_of_asking() -> Result<u32, Error> {
    tick().await;
    Err(Error::Busy)
}

/// Limits that give something else.
#[concurrency_limit(4, wait = none, or_return = { let two = 2; two + 1 })]
#[rate_limit(100, per = 1s, wait = none, or_return = if early { 3 } else { 4 })]
pub async fn instead(early: bool) -> u32 {
    tick().await;
    u32::from(early)
}

/// States of its own.
#[derive(Debug)]
pub struct Service {
    breaker: CircuitBreaker,
    places: ConcurrencyLimit,
    semaphore: Arc<tokio::sync::Semaphore>,
    limiter: RateLimit,
}

impl Service {
    /// Limited by them.
    ///
    /// # Errors
    /// Always.
    #[circuit_breaker(state = self.breaker)]
    #[rate_limit(limiter = &self.limiter, wait = 1s)]
    #[concurrency_limit(semaphore = self.places, wait = 1s)]
    #[concurrency_limit(semaphore = self.semaphore, wait = 1s)]
    pub async fn shared(&self, by: u32) -> Result<u32, Error> {
        tick().await;
        Ok(by)
    }

    /// Goes on without its caller.
    ///
    /// # Errors
    /// Always.
    #[shield]
    pub async fn detached(self: Arc<Self>, by: u32) -> Result<u32, Error> {
        self.shared(by).await
    }
}

/// Twice at once.
///
/// # Errors
/// Always.
#[retry(attempts = 2, retry_refused, clone(text))]
#[hedge(after = 50ms, attempts = 3, clone(text), budget = &BUDGET, name = "own")]
#[circuit_breaker(slow_call = 1s)]
#[concurrency_limit(4, wait = 1s)]
pub async fn hedged(number: u32, text: String) -> Result<String, Error> {
    let moved = text;
    tick().await;
    if number == 0 { Err(Error::Busy) } else { Ok(moved) }
}

/// Something else.
///
/// # Errors
/// Always.
#[fallback(if number > 1 { Ok(number) } else { Err(Error::Busy) }, when = |error| matches!(error, Error::Busy))]
#[hedge(after = 50ms, key = number)]
pub async fn replaced(number: u32) -> Result<u32, Error> {
    tick().await;
    Ok(number)
}

/// Something else, later.
///
/// # Errors
/// Always.
#[fallback(with = |error| {
    tick().await;
    if matches!(error, Error::Busy) { Ok(*number) } else { Err(error) }
})]
#[with_timeout(1s)]
pub async fn replaced_later(number: &u32) -> Result<u32, Error> {
    tick().await;
    Ok(*number)
}

/// On a task.
///
/// # Errors
/// Always.
#[instrument_task(fields(number))]
#[with_timeout(5s, total)]
#[shield(name = "own")]
#[retry(clone(text), attempt = at)]
#[circuit_breaker]
#[with_timeout(1s, attempt)]
pub async fn shielded(number: u32, text: String) -> Result<usize, Error> {
    let moved = text;
    tick().await;
    if at.is_last { Ok(moved.len()) } else { Err(Error::Busy) }
}

/// On a thread.
///
/// # Errors
/// Always.
#[retry(clone(text))]
#[with_timeout(5s, attempt)]
#[blocking(limit = PLACES, name = "own")]
pub async fn on_a_thread(number: usize, text: String) -> Result<usize, Error> {
    if number == 0 {
        return Err(Error::Busy);
    }
    Ok(text.into_bytes().len() + number)
}
