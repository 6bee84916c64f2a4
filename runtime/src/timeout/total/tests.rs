use std::{
    future::{pending, ready},
    pin::pin,
    task::Waker,
};

use tokio::time::{Instant, sleep};

use super::*;
use crate::Deadline;

const MS: Duration = Duration::from_millis(1);

fn limit(ms: u32) -> Limit {
    Limit::from(ms * MS)
}

#[test]
fn a_part_that_is_ready_reads_no_clock_and_needs_no_runtime() {
    let mut total = pin!(Total::new(limit(5)));
    let mut part = pin!(within(total.as_mut(), limit(1), ready(7)));
    let polled = part.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(Ok(Ok(7)))));
    assert!(total.end.is_none() && total.alarm.is_none());
}

#[tokio::test(start_paused = true)]
async fn whichever_ends_first_is_heard() {
    let start = Instant::now();
    let mut total = pin!(Total::new(limit(100)));
    let own = within(total.as_mut(), limit(40), pending::<()>()).await;
    assert_eq!(own.unwrap().unwrap_err().limit, Some(40 * MS));
    assert_eq!(start.elapsed(), 40 * MS);

    // Each part counts its own limit from when it first waits, the total goes on from the first of them.
    let in_time = within(total.as_mut(), limit(40), sleep(30 * MS)).await;
    assert!(in_time.unwrap().is_ok());
    assert_eq!(start.elapsed(), 70 * MS);

    let cut = within(total.as_mut(), limit(40), pending::<()>()).await;
    assert_eq!(cut.unwrap_err().limit, Some(100 * MS));
    assert_eq!(start.elapsed(), 100 * MS);

    // Over is over.
    assert!(within(total.as_mut(), NoLimit, pending::<()>()).await.is_err());
    assert_eq!(start.elapsed(), 100 * MS);
}

#[tokio::test(start_paused = true)]
async fn of_two_that_end_together_the_inner_one_is_heard() {
    let mut total = pin!(Total::new(limit(40)));
    let own = within(total.as_mut(), limit(40), pending::<()>()).await;
    assert!(own.unwrap().is_err());
    assert!(within(total.as_mut(), limit(40), pending::<()>()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_ready_with_the_limit_has_won() {
    let mut total = pin!(Total::new(limit(40)));
    let first = within(total.as_mut(), limit(20), sleep(20 * MS)).await;
    assert!(first.unwrap().is_ok());
    let second = within(total.as_mut(), NoLimit, sleep(20 * MS)).await;
    assert!(second.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn none_and_zero() {
    let start = Instant::now();
    let mut endless = pin!(Total::new(Limit::NEVER));
    assert!(
        within(endless.as_mut(), NoLimit, sleep(MS))
            .await
            .unwrap()
            .is_ok()
    );
    let own = within(endless.as_mut(), limit(1), pending::<()>()).await;
    assert!(own.unwrap().is_err());
    assert_eq!(start.elapsed(), 2 * MS);

    let mut none = pin!(Total::new(limit(0)));
    assert!(within(none.as_mut(), limit(1), pending::<()>()).await.is_err());
    let mut past = pin!(Total::new(Deadline::from(start)));
    assert!(within(past.as_mut(), limit(1), pending::<()>()).await.is_err());
    let mut fine = pin!(Total::new(limit(9)));
    let own = within(fine.as_mut(), limit(0), pending::<()>()).await;
    assert!(own.unwrap().is_err());
    assert_eq!(start.elapsed(), 2 * MS, "zero waits for nothing");
}

#[tokio::test(start_paused = true)]
async fn a_sleep_ends_with_the_total() {
    let start = Instant::now();
    let mut total = pin!(Total::new(limit(50)));
    assert!(sleep_within(total.as_mut(), 30 * MS).await.unwrap().is_err());
    assert_eq!(start.elapsed(), 30 * MS);
    assert!(sleep_within(total.as_mut(), 30 * MS).await.is_err());
    assert_eq!(start.elapsed(), 50 * MS);
}

// For real: what never waits keeps a paused clock from moving.
#[tokio::test]
async fn a_loop_of_sleeps_of_nothing_ends_with_the_total() {
    let start = Instant::now();
    let mut total = pin!(Total::new(limit(5)));
    while sleep_within(total.as_mut(), Duration::ZERO).await.is_ok() {
        assert!(start.elapsed() < Duration::from_secs(60));
    }
    assert!(start.elapsed() >= 5 * MS);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_uses_up_its_budget_does_not_outlive_the_limit() {
    let greedy = async {
        loop {
            tokio::task::coop::consume_budget().await;
            tokio::time::advance(MS).await;
        }
    };
    let mut total = pin!(Total::new(limit(50)));
    let cut: Result<Result<(), _>, _> = within(total.as_mut(), NoLimit, greedy).await;
    assert!(cut.is_err());
}
