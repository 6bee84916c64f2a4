use std::{cell::Cell, future::pending, future::poll_fn, pin::pin, rc::Rc, task::Waker};

use tokio::time::{advance, sleep};

use super::*;

const MS: Duration = Duration::from_millis(1);

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn the_timer_starts_at_the_first_wait() {
    let start = Instant::now();
    let limited = with_timeout(Limit::from(20 * MS), async {
        // The clock moves at once, and only then does the body wait.
        advance(10 * MS).await;
        pending::<()>().await
    });
    assert!(limited.await.is_err());
    assert_eq!(start.elapsed(), 30 * MS);
    // Made, but polled only later: that time does not count either.
    let limited = with_timeout(Limit::from(20 * MS), pending::<()>());
    advance(50 * MS).await;
    let start = Instant::now();
    assert!(limited.await.is_err());
    assert_eq!(start.elapsed(), 20 * MS);
}

#[test]
fn without_a_wait_there_is_no_timer() {
    // No runtime: a timer would panic.
    let mut limited = pin!(with_timeout(Limit::from(MS), async { 7 }));
    assert!(matches!(poll_once(limited.as_mut()), Poll::Ready(Ok(7))));
}

#[test]
fn no_limit_has_no_timer() {
    let mut limited = pin!(with_timeout(Limit::from(Duration::MAX), pending::<()>()));
    assert!(poll_once(limited.as_mut()).is_pending());
    assert!(poll_once(limited.as_mut()).is_pending());
    let mut limited = pin!(with_timeout(Deadline::NEVER, pending::<()>()));
    assert!(poll_once(limited.as_mut()).is_pending());
}

#[test]
fn a_limit_of_zero_stops_at_the_first_wait_without_a_timer() {
    let zero = Limit::from(Duration::ZERO);
    assert!(matches!(
        poll_once(pin!(with_timeout(zero, async { 7 }))),
        Poll::Ready(Ok(7))
    ));
    let out = poll_once(pin!(with_timeout(zero, pending::<()>())));
    assert!(matches!(out, Poll::Ready(Err(stop)) if stop.limit == Some(Duration::ZERO)));
    let past = Deadline::from(Instant::now());
    assert!(matches!(
        poll_once(pin!(with_timeout(past, pending::<()>()))),
        Poll::Ready(Err(_))
    ));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_ready_when_the_limit_passes_wins() {
    let mut limited = pin!(with_timeout(Limit::from(10 * MS), sleep(10 * MS)));
    assert!(poll_once(limited.as_mut()).is_pending());
    advance(10 * MS).await;
    assert!(matches!(poll_once(limited.as_mut()), Poll::Ready(Ok(()))));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_met_exactly() {
    let start = Instant::now();
    let limited = with_timeout(Deadline::from(start + 30 * MS), pending::<()>());
    advance(10 * MS).await;
    let stop = limited.await.expect_err("pending");
    assert_eq!(start.elapsed(), 30 * MS);
    assert_eq!(stop.limit, None);
}

#[tokio::test(start_paused = true)]
async fn a_limit_beyond_the_clock_is_no_error() {
    let forever = Duration::from_secs(u64::MAX);
    let mut limited = pin!(with_timeout(Limit::from(forever), pending::<()>()));
    assert!(poll_once(limited.as_mut()).is_pending());
}

#[tokio::test]
async fn a_body_that_eats_the_budget_is_stopped_all_the_same() {
    // Ready as long as the budget lasts, so every poll ends without any left.
    let greedy = async {
        loop {
            coop::consume_budget().await;
        }
    };
    let start = std::time::Instant::now();
    assert!(with_timeout(Limit::from(20 * MS), greedy).await.is_err());
    assert!(start.elapsed() < 2_000 * MS);
}

#[tokio::test]
async fn a_timer_behind_an_exhausted_budget_waits_its_turn() {
    // The task is out of budget before the layer is polled: the timer may not jump the queue.
    let limited = with_timeout(Limit::from(MS), pending::<()>());
    let mut limited = pin!(limited);
    assert!(poll_once(limited.as_mut()).is_pending());
    // Long enough for the timer to have fired.
    sleep(20 * MS).await;
    poll_fn(|cx| {
        while coop::has_budget_remaining() {
            let Poll::Ready(spent) = coop::poll_proceed(cx) else {
                break;
            };
            spent.made_progress();
        }
        assert!(limited.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
    tokio::task::yield_now().await;
    assert!(limited.await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_body_is_dropped_before_the_error_is_seen() {
    struct Sets(Rc<Cell<bool>>);
    impl Drop for Sets {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }
    let dropped = Rc::new(Cell::new(false));
    let guard = Sets(Rc::clone(&dropped));
    let out = match with_timeout(Limit::from(MS), async move {
        let _guard = guard;
        pending::<()>().await
    })
    .await
    {
        Ok(()) => false,
        Err(_) => dropped.get(),
    };
    assert!(out);
}

#[test]
fn is_small() {
    let overhead = size_of_val(&with_timeout(Limit::NEVER, pending::<()>()));
    assert!(overhead <= 160, "{overhead}");
}
