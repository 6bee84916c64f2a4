//! The same semantics by hand, with tokio, tokio-util and tracing: what one would write for one
//! function, knowing the fast ways.

use std::{
    future::{pending, poll_fn},
    pin::pin,
    task::Poll,
    time::Duration,
};

use tokio::{
    select,
    task::coop,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, debug, error, field::Empty, info_span};

use super::budget::{Budget, COST, COST_OF_TIMEOUT};
use crate::subject::{
    ATTEMPT, Calls, Error, FIRST, LONGEST, Outcome, TOTAL, carry, flaky, never, once, ready,
};

static LARGE: Budget = Budget::new(1 << 30, u32::MAX);

/// Full jitter over an exponential schedule.
pub(super) fn backoff(attempt: u32) -> Duration {
    let delay = FIRST.saturating_mul(1 << (attempt - 1).min(20)).min(LONGEST);
    delay.mul_f64(fastrand::f64())
}

/// Waits, and lets others run where there is nothing to wait for.
pub(super) async fn pause(delay: Duration) {
    if delay.is_zero() {
        coop::consume_budget().await;
    } else {
        sleep(delay).await;
    }
}

/// What a retry of this error costs.
pub(super) fn cost(error: &Error) -> u32 {
    match error {
        Error::TimedOut => COST_OF_TIMEOUT,
        _ => COST,
    }
}

/// The loop: three attempts of transient errors, within a budget.
macro_rules! retry {
    ($budget:expr, $backoff:expr, $attempt:expr) => {{
        let budget: &Budget = $budget;
        let mut attempt = 1;
        let mut held = 0;
        loop {
            let delay = match $attempt {
                Ok(value) => {
                    match held {
                        0 => budget.credit(),
                        held => budget.give_back(held),
                    }
                    break Ok(value);
                }
                Err(error) => {
                    if attempt == 3 || !error.is_transient() || !budget.take(cost(&error)) {
                        break Err(error);
                    }
                    held = cost(&error);
                    let delay: Duration = $backoff(attempt);
                    debug!(attempt, ?delay, %error, "retrying");
                    delay
                }
            };
            pause(delay).await;
            attempt += 1;
        }
    }};
}

/// A span around a call that leaves when asked, and within 30 seconds; each attempt within 2.
macro_rules! stack {
    ($budget:expr, $backoff:expr, $token:expr, $span:expr, $attempt:expr) => {{
        let span = $span;
        let work = async {
            let out = select! {
                biased;
                () = $token.cancelled() => Err(Error::Cancelled),
                out = timeout(TOTAL, async {
                    retry!($budget, $backoff, match timeout(ATTEMPT, $attempt).await {
                        Ok(out) => out,
                        Err(_) => Err(Error::TimedOut),
                    })
                }) => out.unwrap_or(Err(Error::TimedOut)),
            };
            match &out {
                Ok(_) => span.record("outcome", "ok"),
                Err(error) => {
                    error!(%error);
                    span.record("outcome", "error")
                }
            };
            out
        };
        work.instrument(span.clone()).await
    }};
}

macro_rules! each {
    ($($retry:ident $timeout:ident $cancel:ident $span:ident $stack:ident: $body:ident)*) => {$(
        pub(crate) async fn $retry(x: u64) -> Outcome {
            static BUDGET: Budget = Budget::new(500, 50);
            retry!(&BUDGET, backoff, $body(x).await)
        }

        pub(crate) async fn $timeout(x: u64) -> Outcome {
            match timeout(TOTAL, $body(x)).await {
                Ok(out) => out,
                Err(_) => Err(Error::TimedOut),
            }
        }

        pub(crate) async fn $cancel(token: &CancellationToken, x: u64) -> Outcome {
            select! {
                biased;
                () = token.cancelled() => Err(Error::Cancelled),
                out = $body(x) => out,
            }
        }

        pub(crate) async fn $span(x: u64) -> Outcome {
            let span = info_span!("span", x, outcome = Empty);
            let work = async {
                let out = $body(x).await;
                span.record("outcome", if out.is_ok() { "ok" } else { "error" });
                out
            };
            work.instrument(span.clone()).await
        }

        pub(crate) async fn $stack(token: &CancellationToken, x: u64) -> Outcome {
            static BUDGET: Budget = Budget::new(500, 50);
            stack!(&BUDGET, backoff, token, info_span!("stack", x, outcome = Empty), $body(x))
        }
    )*};
}

each! {
    retry_ready timeout_ready cancel_ready span_ready stack_ready: ready
    retry_once timeout_once cancel_once span_once stack_once: once
    retry_never timeout_never cancel_never span_never stack_never: never
}

/// A timer that is set when the body first has to wait, in safe code: the least that it can cost, since what is pinned
/// can only be assigned to.
pub(crate) async fn timeout_late_once(x: u64) -> Outcome {
    let mut body = pin!(once(x));
    let mut alarm = pin!(None);
    poll_fn(|cx| {
        if let Poll::Ready(out) = body.as_mut().poll(cx) {
            return Poll::Ready(out);
        }
        if alarm.is_none() {
            alarm.set(Some(timeout(TOTAL, pending::<()>())));
        }
        match alarm.as_mut().as_pin_mut() {
            Some(alarm) => alarm.poll(cx).map(|_| Err(Error::TimedOut)),
            None => Poll::Pending,
        }
    })
    .await
}

/// The least that "cancellation first" can cost: one question, and nothing after it.
pub(crate) async fn asked_once(token: &CancellationToken, x: u64) -> Outcome {
    if token.is_cancelled() {
        return Err(Error::Cancelled);
    }
    ready(x).await
}

pub(crate) async fn retry_flaky(x: u64, calls: &Calls) -> Outcome {
    retry!(&LARGE, |_| Duration::ZERO, flaky(x, calls).await)
}

pub(crate) async fn stack_flaky(token: &CancellationToken, x: u64, calls: &Calls) -> Outcome {
    let span = info_span!("stack", x, outcome = Empty);
    stack!(&LARGE, |_| Duration::ZERO, token, span, flaky(x, calls))
}

pub(crate) async fn span_err(x: u64) -> Outcome {
    let span = info_span!("span", x, outcome = Empty);
    let work = async {
        let out = ready(x).await;
        if let Err(error) = &out {
            error!(%error);
        }
        span.record("outcome", if out.is_ok() { "ok" } else { "error" });
        out
    };
    work.instrument(span.clone()).await
}

/// The loop alone: no budget, no classes, no log.
pub(crate) async fn retry_bare(x: u64) -> Outcome {
    let mut attempt = 1;
    loop {
        match ready(x).await {
            Err(_) if attempt < 3 => {}
            out => return out,
        }
        sleep(backoff(attempt)).await;
        attempt += 1;
    }
}

/// The loop without a budget and without delays.
pub(crate) async fn retry_flaky_unbudgeted(x: u64, calls: &Calls) -> Outcome {
    let mut attempt = 1;
    loop {
        match flaky(x, calls).await {
            Err(error) if attempt < 3 && error.is_transient() => {
                debug!(attempt, delay = ?Duration::ZERO, %error, "retrying");
            }
            out => return out,
        }
        pause(Duration::ZERO).await;
        attempt += 1;
    }
}

macro_rules! sized {
    ($($bytes:literal $timeout:ident $stack:ident $carry:ident)*) => {$(
        pub(crate) async fn $timeout(bytes: [u8; $bytes]) -> Outcome {
            match timeout(TOTAL, async { ready(u64::from(bytes[7])).await }).await {
                Ok(out) => out,
                Err(_) => Err(Error::TimedOut),
            }
        }

        pub(crate) async fn $stack(token: &CancellationToken, bytes: [u8; $bytes]) -> Outcome {
            static BUDGET: Budget = Budget::new(500, 50);
            let span = info_span!("stack", outcome = Empty);
            stack!(&BUDGET, backoff, token, span, async { ready(u64::from(bytes[7])).await })
        }

        pub(crate) async fn $carry(token: &CancellationToken, bytes: [u8; $bytes]) -> Outcome {
            static BUDGET: Budget = Budget::new(500, 50);
            let span = info_span!("stack", outcome = Empty);
            stack!(&BUDGET, backoff, token, span, carry(&bytes))
        }
    )*};
}

sized! {
    64 timeout_64 stack_64 carry_64
    1024 timeout_1k stack_1k carry_1k
}

/// The recommended stack, with the peers that one would take for a breaker and a rate.
pub(crate) async fn recommended(
    token: &CancellationToken,
    breaker: &breaker::CircuitBreaker,
    rate: &super::limiters::Governor<governor::clock::DefaultClock>,
    places: &tokio::sync::Semaphore,
    x: u64,
) -> Outcome {
    static BUDGET: Budget = Budget::new(500, 50);
    let guarded = async || {
        breaker
            .call(async || {
                if rate.check().is_err() {
                    return Err(Error::Cancelled);
                }
                match timeout(ATTEMPT, super::limiters::acquire(places, x)).await {
                    Ok(out) => out,
                    Err(_) => Err(Error::TimedOut),
                }
            })
            .await
            .map_err(|error| match error {
                breaker::CircuitBreakerError::Failure(error) => error,
                _ => Error::Cancelled,
            })
    };
    let span = info_span!("stack", x, outcome = Empty);
    let work = async {
        let out = select! {
            biased;
            () = token.cancelled() => Err(Error::Cancelled),
            out = timeout(TOTAL, async { retry!(&BUDGET, backoff, guarded().await) }) => {
                match out.unwrap_or(Err(Error::TimedOut)) {
                    Err(error @ Error::Cancelled) => Err(error),
                    out => out,
                }
            }
        };
        match &out {
            Ok(_) => span.record("outcome", "ok"),
            Err(error) => {
                error!(%error);
                span.record("outcome", "error")
            }
        };
        out
    };
    work.instrument(span.clone()).await
}
