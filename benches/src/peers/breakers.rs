//! Circuit breakers: breaker, recloser, failsafe; closed, with a window of 100 calls where they have one.

use std::{
    sync::{
        Arc,
        atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed},
        },
    },
    time::Duration,
};

use breaker::{CircuitBreaker, CircuitBreakerConfig, CircuitBreakerError};
use failsafe::{
    Config, backoff, failure_policy::success_rate_over_time_window, futures::CircuitBreaker as _,
};
use recloser::{AsyncRecloser, Recloser};

use crate::subject::{Error, Outcome, ready, seldom};

/// A window of a hundred calls, half of which have to fail.
pub(crate) fn breaker() -> Arc<CircuitBreaker> {
    let config = CircuitBreakerConfig::builder()
        .consecutive_failures(u32::MAX)
        .sliding_window_size(100)
        .failure_rate_threshold(0.5)
        .minimum_calls(20)
        .build();
    Arc::new(CircuitBreaker::new(config))
}

fn of_breaker(out: Result<u64, CircuitBreakerError<Error>>) -> Outcome {
    out.map_err(|error| match error {
        CircuitBreakerError::Failure(error) => error,
        _ => Error::Cancelled,
    })
}

pub(crate) async fn breaker_ready(breaker: &CircuitBreaker, x: u64) -> Outcome {
    of_breaker(breaker.call(|| ready(x)).await)
}

pub(crate) async fn breaker_seldom(breaker: &CircuitBreaker, x: u64) -> Outcome {
    of_breaker(breaker.call(|| seldom(x)).await)
}

/// The least that a closed breaker can cost: it asks whether it is open, and whether a success changes anything.
pub(crate) async fn two_loads(x: u64) -> Outcome {
    static OPEN: AtomicU64 = AtomicU64::new(0);
    static FAILURES: AtomicU64 = AtomicU64::new(0);
    if OPEN.load(Acquire) != 0 {
        return Err(Error::Cancelled);
    }
    let out = ready(x).await;
    if out.is_err() || FAILURES.load(Acquire) != 0 {
        FAILURES.fetch_add(1, Relaxed);
    }
    out
}

pub(crate) fn recloser() -> AsyncRecloser {
    let recloser = Recloser::custom()
        .error_rate(0.5)
        .closed_len(100)
        .half_open_len(3)
        .build();
    AsyncRecloser::from(recloser)
}

fn of_recloser(out: Result<u64, recloser::Error<Error>>) -> Outcome {
    out.map_err(|error| match error {
        recloser::Error::Inner(error) => error,
        recloser::Error::Rejected => Error::Cancelled,
    })
}

pub(crate) async fn recloser_ready(recloser: &AsyncRecloser, x: u64) -> Outcome {
    of_recloser(recloser.call(ready(x)).await)
}

pub(crate) async fn recloser_seldom(recloser: &AsyncRecloser, x: u64) -> Outcome {
    of_recloser(recloser.call(seldom(x)).await)
}

/// A rate over 30 seconds: it has no window of calls.
pub(crate) fn failsafe_ready() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let delay = backoff::constant(Duration::from_secs(30));
    let policy = success_rate_over_time_window(0.5, 20, Duration::from_secs(30), delay);
    let breaker = Config::new().failure_policy(policy).build();
    async move |x| {
        breaker.call(ready(x)).await.map_err(|error| match error {
            failsafe::Error::Inner(error) => error,
            failsafe::Error::Rejected => Error::Cancelled,
        })
    }
}
