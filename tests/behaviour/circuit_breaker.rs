//! `#[circuit_breaker]`: on which call it opens, for how long, whom it admits to find out, and what closes it.

use crate::support::{Error, Runs, ms, secs, stop_of};
use etiquette::{CircuitBreaker, Stopped, circuit_breaker};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::time::advance;

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);
const SUCCEED: Out = Ok(7);

/// When a refused call may be tried again; `None` if it ran.
fn refused(out: Out) -> Option<Duration> {
    match out {
        Err(Error::Stopped(Stopped::CircuitOpen(stop))) => Some(stop.retry_after().unwrap_or(Duration::MAX)),
        Ok(_) | Err(Error::Busy) => None,
        other => panic!("neither refused nor run: {other:?}"),
    }
}

/// Calls until the first that is refused: how many ran.
async fn ran<F: Future<Output = Out>>(mut call: impl FnMut(u32) -> F) -> u32 {
    for number in 1.. {
        if refused(call(number).await).is_some() {
            return number - 1;
        }
        assert!(number < 100_000, "it never opens");
    }
    unreachable!()
}

fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn opens_on_exactly_the_call_that_reaches_the_rate_after_ten_thousand_successes() {
    #[circuit_breaker(window = 100, failure_rate = 0.5)]
    async fn fetch(out: Out) -> Out {
        out
    }
    for _ in 0..10_000 {
        assert_eq!(fetch(SUCCEED).await, SUCCEED);
    }
    for failure in 1..=50 {
        assert_eq!(fetch(FAIL).await, FAIL, "failure {failure} of 50");
    }
    assert_eq!(refused(fetch(SUCCEED).await), Some(secs(30)));
}

#[tokio::test(start_paused = true)]
async fn opens_on_a_success_that_makes_the_calls_enough() {
    #[circuit_breaker(min_calls = 20, failure_rate = 0.5)]
    async fn fetch(out: Out) -> Out {
        out
    }
    for _ in 0..10 {
        assert_eq!(fetch(FAIL).await, FAIL);
    }
    for _ in 0..10 {
        assert_eq!(fetch(SUCCEED).await, SUCCEED);
    }
    assert!(refused(fetch(SUCCEED).await).is_some());
}

#[tokio::test(start_paused = true)]
async fn without_options_twenty_calls_of_which_half_fail_open_it() {
    #[circuit_breaker]
    async fn failing(number: u32) -> Out {
        if number <= 10 { FAIL } else { SUCCEED }
    }
    #[circuit_breaker]
    async fn healthier(number: u32) -> Out {
        if number <= 9 || number > 29 { FAIL } else { SUCCEED }
    }
    assert_eq!(ran(failing).await, 20);
    // 9 of 20 are too few: 9 + n of 29 + n are half for n = 11.
    assert_eq!(ran(healthier).await, 40);
}

#[tokio::test(start_paused = true)]
async fn the_window_slides_result_by_result() {
    #[circuit_breaker(window = 10, min_calls = 10)]
    async fn fetch(out: Out) -> Out {
        out
    }
    // Four failures that are displaced one by one by four others: never five of the last ten.
    for _ in 0..100 {
        for number in 0..10 {
            let out = if number < 4 { FAIL } else { SUCCEED };
            assert_eq!(refused(fetch(out).await), None);
        }
    }
    for _ in 0..5 {
        assert_eq!(refused(fetch(FAIL).await), None);
    }
    assert!(refused(fetch(SUCCEED).await).is_some());
}

#[tokio::test(start_paused = true)]
async fn a_window_of_time_forgets_what_is_older() {
    #[circuit_breaker(window = 10s, min_calls = 4)]
    async fn fetch(out: Out) -> Out {
        out
    }
    for _ in 0..3 {
        assert_eq!(refused(fetch(FAIL).await), None);
    }
    advance(secs(10)).await;
    for _ in 0..3 {
        assert_eq!(refused(fetch(FAIL).await), None);
    }
    advance(secs(8)).await;
    assert_eq!(refused(fetch(FAIL).await), None);
    assert!(refused(fetch(FAIL).await).is_some());
}

const CALLS: usize = 6;
const TIME: Duration = secs(10);

#[tokio::test(start_paused = true)]
async fn a_window_may_be_a_constant_of_either_type() {
    #[circuit_breaker(window = CALLS, min_calls = CALLS)]
    async fn calls(out: Out) -> Out {
        out
    }
    #[circuit_breaker(window = CALLS * 2, min_calls = { 6 + 6 })]
    async fn twice(out: Out) -> Out {
        out
    }
    #[circuit_breaker(window = 2 * 3, min_calls = 6)]
    async fn literals(out: Out) -> Out {
        out
    }
    #[circuit_breaker(window = TIME, min_calls = 6)]
    async fn time(out: Out) -> Out {
        out
    }
    assert_eq!(ran(|_| calls(FAIL)).await, 6);
    assert_eq!(ran(|_| twice(FAIL)).await, 12);
    assert_eq!(ran(|_| literals(FAIL)).await, 6);
    for _ in 0..2 {
        for _ in 0..5 {
            assert_eq!(time(FAIL).await, FAIL);
        }
        advance(TIME).await;
    }
    assert_eq!(ran(|_| time(FAIL)).await, 6);
}

#[tokio::test(start_paused = true)]
async fn consecutive_failures_open_it_and_a_success_starts_anew() {
    #[circuit_breaker(consecutive = 5)]
    async fn fetch(out: Out) -> Out {
        out
    }
    for _ in 0..4 {
        assert_eq!(fetch(FAIL).await, FAIL);
    }
    assert_eq!(fetch(SUCCEED).await, SUCCEED);
    assert_eq!(ran(|_| fetch(FAIL)).await, 5);
}

#[tokio::test(start_paused = true)]
async fn it_is_open_twice_as_long_each_time_up_to_a_longest_and_then_anew() {
    #[circuit_breaker(consecutive = 1, open_for = 30s, factor = 2, max = 5m, probes = 1)]
    async fn fetch(out: Out) -> Out {
        out
    }
    for length in [30, 60, 120, 240, 300, 300] {
        assert_eq!(fetch(FAIL).await, FAIL);
        assert_eq!(refused(fetch(SUCCEED).await), Some(secs(length)));
        advance(secs(length) - ms(1)).await;
        assert_eq!(refused(fetch(SUCCEED).await), Some(ms(1)));
        advance(ms(1)).await;
    }
    assert_eq!(fetch(SUCCEED).await, SUCCEED);
    assert_eq!(fetch(FAIL).await, FAIL);
    assert_eq!(refused(fetch(SUCCEED).await), Some(secs(30)), "it had closed");
}

#[tokio::test(start_paused = true)]
async fn a_factor_of_one_keeps_the_length() {
    #[circuit_breaker(consecutive = 1, open_for = 500ms, factor = 1)]
    async fn fetch(out: Out) -> Out {
        out
    }
    for _ in 0..5 {
        assert_eq!(fetch(FAIL).await, FAIL);
        assert_eq!(refused(fetch(FAIL).await), Some(ms(500)));
        advance(ms(500)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_names_the_call_and_when_to_come_back_and_runs_nothing() {
    #[circuit_breaker(consecutive = 1, open_for = 10s)]
    async fn fetch_user(runs: &Runs, _held: crate::support::Noted) -> Out {
        runs.next();
        FAIL
    }
    let runs = Runs::new();
    let held = || crate::support::Noted("argument");
    assert_eq!(fetch_user(&runs, held()).await, FAIL);
    advance(secs(3)).await;
    let stop = stop_of(fetch_user(&runs, held()).await);
    assert_eq!(
        stop.to_string(),
        "fetch_user was refused: circuit open, retry after 7s"
    );
    assert!(stop.is_refusal() && stop.operation().ends_with("::fetch_user"));
    assert_eq!(
        (runs.count(), crate::support::notes()),
        (1, "argument argument".to_owned())
    );
}

#[test]
fn the_closed_path_needs_no_runtime() {
    #[circuit_breaker]
    async fn fetch(out: Out) -> Out {
        out
    }
    for _ in 0..5 {
        assert_eq!(poll_once(fetch(FAIL)), Poll::Ready(FAIL));
        assert_eq!(poll_once(fetch(SUCCEED)), Poll::Ready(SUCCEED));
    }
}

/// What a literal may be at most is known to the macros by a number of their own.
#[test]
fn the_largest_literals_are_the_largest_that_a_breaker_takes() {
    #[circuit_breaker(window = 16383, probes = 16383)]
    async fn fetch() -> Out {
        SUCCEED
    }
    assert_eq!(CircuitBreaker::MAX_CALLS, 16_383);
    assert_eq!(poll_once(fetch()), Poll::Ready(SUCCEED));
}
