//! Layers together: cancellation while retrying, renamed attributes, runners below.

use crate::composition_limits::failing;
use crate::recorder::Recorder;
use crate::support::{Counted, Error, Runs, cancelled_after, ms, pending, secs, sleep, stop_of, timed};
use etiquette::{Stopped, cancellable, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

// H169
#[tokio::test(start_paused = true)]
async fn cancelled_during_the_pause_it_wakes_at_once() {
    #[cancellable]
    #[retry(attempts = 3, constant(1h), jitter = none)]
    async fn call(token: CancellationToken, runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = Runs::default();
    let (out, elapsed) = timed(call(cancelled_after(7), &runs)).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!((elapsed, runs.count()), (ms(7), 1));
}

#[tokio::test(start_paused = true)]
async fn cancelled_during_an_attempt_it_is_not_retried() {
    for (at, runs_by_then) in [(5, 1), (35, 2), (125, 5)] {
        let runs = Runs::default();
        let (out, elapsed) = timed(failing(cancelled_after(at), None, &runs)).await;
        assert!(stop_of(out).is_cancelled());
        assert_eq!((elapsed, runs.count()), (ms(at), runs_by_then));
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_callee_is_not_retried_by_its_caller() {
    #[cancellable]
    async fn callee(token: &CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[retry(attempts = 5, when = any)]
    async fn caller(token: &CancellationToken, runs: &Runs) -> Result<u32, Error> {
        runs.next();
        callee(token).await
    }
    let runs = Runs::default();
    let (out, elapsed) = timed(caller(&cancelled_after(7), &runs)).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!((elapsed, runs.count()), (ms(7), 1));
}

#[tokio::test(start_paused = true)]
async fn renamed_and_conditional_attributes_work() {
    use etiquette::{retry as again, with_timeout as limited};
    #[limited(25ms, total)]
    #[retry(attempts = 9, constant(10ms), jitter = none)]
    async fn renamed(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[cfg_attr(all(), etiquette::with_timeout(25ms, total))]
    #[etiquette::retry(attempts = 9, constant(10ms), jitter = none)]
    #[cfg_attr(any(), etiquette::with_timeout(1ms, attempt))]
    async fn conditional(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[again(attempts = 3, constant(10ms), jitter = none)]
    async fn alone() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert_eq!(timed(alone()).await, (Err(Error::Busy), ms(20)));
    for call in [
        timed(renamed(&Runs::default())).await,
        timed(conditional(&Runs::default())).await,
    ] {
        let Stopped::TimedOut(stop) = stop_of(call.0) else {
            panic!("not a timeout")
        };
        assert_eq!((stop.attempts, call.1), (3, ms(25)));
    }
}

/// Someone else's attribute that is called as one of ours.
#[tokio::test(start_paused = true)]
async fn names_do_not_decide_whose_attribute_it_is() {
    use tracing::instrument as retry;
    #[with_timeout(5ms)]
    #[retry(skip_all, name = "theirs")]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    let (recorder, runs) = (Recorder::install(), Runs::default());
    assert!(stop_of(call(&runs).await).is_timeout());
    assert_eq!((runs.count(), recorder.span().name.as_str()), (1, "theirs"));
}

#[tokio::test(start_paused = true)]
async fn everything_is_given_back_whichever_layer_ends_it() {
    #[cancellable]
    #[with_timeout(limit, total)]
    #[retry(attempts = 3, constant(10ms), clone(held))]
    async fn call(token: CancellationToken, limit: Duration, held: Counted) -> Result<u32, Error> {
        let _inside = held;
        sleep(ms(5)).await;
        Err(Error::Busy)
    }
    let held = Counted::default();
    assert!(stop_of(call(CancellationToken::new(), ms(7), held.clone()).await).is_timeout());
    assert_eq!(held.others(), 0);
    assert!(stop_of(call(cancelled_after(3), secs(9), held.clone()).await).is_cancelled());
    assert_eq!(held.others(), 0);
    assert_eq!(
        call(CancellationToken::new(), secs(9), held.clone()).await,
        Err(Error::Busy)
    );
    assert_eq!(held.others(), 0);
}

static RUNS_OF_THE_TEST: Runs = Runs::new();

#[with_timeout(100ms, total)]
#[retry(attempts = 3, constant(10ms), jitter = none)]
#[tokio::test(start_paused = true)]
async fn a_runner_below_runs_the_whole_stack() -> Result<(), Error> {
    match RUNS_OF_THE_TEST.next() {
        3 => Ok(()),
        _ => Err(Error::Busy),
    }
}

#[with_timeout(5ms)]
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn a_main() -> Result<u32, Error> {
    pending().await
}

#[test]
fn a_main_below_runs_the_whole_stack() {
    assert!(stop_of(a_main()).is_timeout());
}

#[should_panic(expected = "a_test_without_a_result timed out after 20ms (2 attempts)")]
#[with_timeout(20ms, total)]
#[retry(attempts = 3, constant(15ms), jitter = none, when_result = |()| true)]
#[tokio::test(start_paused = true)]
async fn a_test_without_a_result() {
    sleep(ms(2)).await;
}
