//! Retries without a pause: no timer, and still someone above can end them.

use crate::support::{Error, Runs, ends, ms, poll_without_runtime, stop_of};
use etiquette::{Limits, Stopped, cancellable, retry, with_timeout};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

#[test]
fn zero_delays_touch_no_timer() {
    #[retry(attempts = 4, constant(0s))]
    async fn constant(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = 4, delays(delay, 0s))]
    async fn delays(runs: &Runs, delay: Duration) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = 4, exponential(0s))]
    async fn exponential(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = 4, backoff = |_| Duration::ZERO)]
    async fn backoff(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = [(); 4].map(|()| Runs::default());
    assert_eq!(
        poll_without_runtime(constant(&runs[0])),
        Poll::Ready(Err(Error::Busy))
    );
    assert_eq!(
        poll_without_runtime(delays(&runs[1], Duration::ZERO)),
        Poll::Ready(Err(Error::Busy))
    );
    assert_eq!(
        poll_without_runtime(exponential(&runs[2])),
        Poll::Ready(Err(Error::Busy))
    );
    assert_eq!(
        poll_without_runtime(backoff(&runs[3])),
        Poll::Ready(Err(Error::Busy))
    );
    assert_eq!(runs.map(|runs| runs.count()), [4, 4, 4, 4]);
}

#[test]
fn a_success_at_first_try_touches_no_timer() {
    #[retry(max_elapsed = 30s)]
    async fn ready() -> Result<u32, Error> {
        Ok(7)
    }
    assert_eq!(poll_without_runtime(ready()), Poll::Ready(Ok(7)));
}

/// What the macro asks for beside `forever` and `0s`; as good as never here.
const HOUR: Duration = Duration::from_secs(3_600);

#[retry(attempts = forever, max_elapsed = HOUR, constant(0s))]
async fn never_awaits(runs: Arc<Runs>) -> Result<(), Error> {
    runs.next();
    Err(Error::Busy)
}

#[with_timeout(20ms, total)]
#[retry(attempts = forever, max_elapsed = HOUR, constant(0s))]
async fn with_a_total_limit(runs: Arc<Runs>) -> Result<(), Error> {
    runs.next();
    Err(Error::Busy)
}

#[cancellable]
#[retry(attempts = forever, max_elapsed = HOUR, constant(0s))]
async fn with_a_token(token: CancellationToken, runs: Arc<Runs>) -> Result<(), Error> {
    if runs.next() == 10_000 {
        token.cancel();
    }
    Err(Error::Busy)
}

/// Someone else on the same thread who cancels, if they ever get their turn.
#[cancellable]
#[retry(attempts = forever, max_elapsed = HOUR, constant(0s))]
async fn with_a_token_of_another_task(token: CancellationToken, runs: Arc<Runs>) -> Result<(), Error> {
    runs.next();
    Err(Error::Busy)
}

// What is wrong here never ends, and never lets go of its thread: each test runs on a thread of its own, and the guard
// in `ends` fails it after ten real seconds. The clock is advanced by another task of the same thread, which gets its
// turn only if the loop lets go.

#[test]
fn without_a_pause_and_without_an_await_a_total_limit_still_ends_it() {
    let runs = Arc::new(Runs::default());
    let seen = Arc::clone(&runs);
    let (out, elapsed) = ends(move || async move {
        let start = Instant::now();
        tokio::spawn(tokio::time::advance(ms(20)));
        (with_a_total_limit(runs).await, start.elapsed())
    });
    let Stopped::TimedOut(stop) = stop_of(out) else {
        panic!("not a timeout")
    };
    assert_eq!((elapsed, stop.attempts), (ms(20), seen.count()));
}

#[test]
fn without_a_pause_and_without_an_await_a_limit_on_the_call_still_ends_it() {
    let (out, elapsed) = ends(|| async {
        let start = Instant::now();
        tokio::spawn(tokio::time::advance(ms(20)));
        (
            never_awaits(Arc::default()).with_timeout(ms(20)).await,
            start.elapsed(),
        )
    });
    assert!(out.unwrap_err().is_timeout());
    assert_eq!(elapsed, ms(20));
}

#[test]
fn without_a_pause_and_without_an_await_a_cancellation_still_ends_it() {
    let runs = Arc::new(Runs::default());
    let seen = Arc::clone(&runs);
    let out = ends(move || with_a_token(CancellationToken::new(), runs));
    assert!(stop_of(out).is_cancelled());
    // Heard at the latest when the loop next lets go, not at some later time.
    assert!((10_000..10_200).contains(&seen.count()), "{} runs", seen.count());
}

#[test]
fn without_a_pause_and_without_an_await_other_tasks_get_their_turn() {
    let out = ends(|| async {
        let token = CancellationToken::new();
        let theirs = token.clone();
        tokio::spawn(async move { theirs.cancel() });
        with_a_token_of_another_task(token, Arc::default()).await
    });
    assert!(stop_of(out).is_cancelled());
}

#[test]
fn without_a_pause_and_without_an_await_max_elapsed_still_ends_it() {
    let out = ends(|| async {
        tokio::spawn(tokio::time::advance(Duration::from_secs(3_601)));
        never_awaits(Arc::default()).await
    });
    assert_eq!(out, Err(Error::Busy));
}
