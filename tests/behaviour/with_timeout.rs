//! `#[with_timeout]`: when its timer is armed, and who wins.

use crate::support::{Error, Runs, ends, ms, poll_without_runtime, secs, sleep, stop_of, timed};
use etiquette::{Stopped, TimedOut, TimeoutKind, with_timeout};
use std::future::pending;
use std::task::Poll;
use std::time::Duration;
use tokio::time::Instant;

#[with_timeout(50ms)]
async fn fetch(runs: &Runs, wait: u64) -> Result<u32, Error> {
    runs.next();
    sleep(ms(wait)).await;
    Ok(7)
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_fast_enough_ends_as_it_would() {
    let runs = Runs::default();
    assert_eq!(timed(fetch(&runs, 49)).await, (Ok(7), ms(49)));
    assert_eq!(runs.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_too_slow_ends_when_the_limit_passes() {
    let runs = Runs::default();
    let (out, elapsed) = timed(fetch(&runs, 51)).await;
    let mut stop = TimedOut::new(concat!(module_path!(), "::fetch"), ms(50));
    stop.attempts = 1;
    assert_eq!(stop.kind, TimeoutKind::Call);
    assert_eq!(stop_of(out), Stopped::TimedOut(stop));
    assert_eq!((elapsed, runs.count()), (ms(50), 1));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_ready_in_the_poll_in_which_the_limit_passes_wins() {
    let runs = Runs::default();
    assert_eq!(timed(fetch(&runs, 50)).await, (Ok(7), ms(50)));
    // Also when that poll comes late: both were due long ago.
    let call = fetch(&runs, 50);
    tokio::pin!(call);
    tokio::select! {
        biased;
        _ = &mut call => panic!("not yet"),
        () = std::future::ready(()) => {}
    }
    tokio::time::advance(ms(500)).await;
    assert_eq!(call.await, Ok(7));
}

// H171
#[tokio::test(start_paused = true)]
async fn the_limit_counts_from_the_first_poll_not_from_the_call() {
    let runs = Runs::default();
    let call = fetch(&runs, 49);
    sleep(ms(200)).await;
    assert_eq!(timed(call).await, (Ok(7), ms(49)));
}

// A guard that an option takes on the way to its value is gone before the body begins: the future stays `Send`, and the
// body can take the lock itself.
#[tokio::test(start_paused = true)]
async fn a_lock_taken_for_the_limit_is_not_held_through_the_body() {
    struct Config(std::sync::Mutex<Duration>);

    impl Config {
        #[with_timeout(*self.0.lock().unwrap())]
        async fn call(&self) -> Result<(), Error> {
            assert!(self.0.try_lock().is_ok());
            pending().await
        }

        #[with_timeout(until = Instant::now() + *self.0.lock().unwrap())]
        async fn until(&self) -> Result<(), Error> {
            assert!(self.0.try_lock().is_ok());
            pending().await
        }
    }

    fn send<T: Send>(future: T) -> T {
        future
    }

    let config = Config(std::sync::Mutex::new(ms(30)));
    assert_eq!(timed(send(config.call())).await.1, ms(30));
    assert_eq!(timed(send(config.until())).await.1, ms(30));
}

/// On the real clock: only there can a body spend time without awaiting. It blocks for twice the limit, then waits for
/// a tenth of it; however slow the machine, the body is ready no later than the timer, and wins.
#[tokio::test]
async fn time_spent_before_the_first_await_is_not_counted() {
    #[with_timeout(40ms)]
    async fn block_then_wait() -> Result<u32, Error> {
        std::thread::sleep(ms(80));
        sleep(ms(4)).await;
        Ok(7)
    }
    assert_eq!(block_then_wait().await, Ok(7));
}

#[test]
fn a_body_that_is_ready_at_once_touches_no_timer() {
    #[with_timeout(50ms)]
    async fn ready() -> Result<u32, Error> {
        Ok(7)
    }
    assert_eq!(poll_without_runtime(ready()), Poll::Ready(Ok(7)));
}

#[test]
fn a_limit_of_zero_at_run_time_stops_at_the_first_wait_without_a_timer() {
    #[with_timeout(limit)]
    async fn call(limit: Duration, ready: bool) -> Result<u32, Error> {
        if !ready {
            pending::<()>().await;
        }
        Ok(7)
    }
    assert_eq!(
        poll_without_runtime(call(Duration::ZERO, true)),
        Poll::Ready(Ok(7))
    );
    let Poll::Ready(out) = poll_without_runtime(call(Duration::ZERO, false)) else {
        panic!("it waits")
    };
    assert_eq!(stop_of(out).to_string(), "call timed out after 0ns");
}

#[test]
fn duration_max_and_none_are_no_limit_and_touch_no_timer() {
    #[with_timeout(limit)]
    async fn call(limit: Option<Duration>) -> Result<u32, Error> {
        pending().await
    }
    #[with_timeout(limit)]
    async fn longest(limit: Duration) -> Result<u32, Error> {
        pending().await
    }
    #[with_timeout(until = until)]
    async fn never(until: Option<Instant>) -> Result<u32, Error> {
        pending().await
    }
    assert!(poll_without_runtime(call(None)).is_pending());
    assert!(poll_without_runtime(call(Some(Duration::MAX))).is_pending());
    assert!(poll_without_runtime(longest(Duration::MAX)).is_pending());
    assert!(poll_without_runtime(never(None)).is_pending());
}

#[tokio::test(start_paused = true)]
async fn the_longest_limits_that_are_some_do_not_overflow() {
    #[with_timeout(limit)]
    async fn call(limit: Duration) -> Result<u32, Error> {
        sleep(secs(86_400)).await;
        Ok(7)
    }
    assert_eq!(call(Duration::MAX - Duration::from_nanos(1)).await, Ok(7));
    assert_eq!(call(Duration::from_secs(u64::MAX / 2)).await, Ok(7));
}

/// A body that never waits for anything but its turn: without care the timer below it is never looked at, since there
/// is no coop budget left for it in any poll.
#[test]
fn a_body_that_uses_up_the_coop_budget_in_every_poll_is_still_stopped() {
    #[with_timeout(10ms)]
    async fn greedy() -> Result<u32, Error> {
        loop {
            tokio::task::consume_budget().await;
        }
    }
    let (out, elapsed) = ends(|| async {
        tokio::spawn(tokio::time::advance(ms(10)));
        timed(greedy()).await
    });
    assert!(stop_of(out).is_timeout());
    assert_eq!(elapsed, ms(10));
}
