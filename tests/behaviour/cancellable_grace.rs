//! `#[cancellable(grace = …)]`: the body goes on for a while, and its result wins.

use crate::support::{Counted, Error, Runs, cancelled_after, ms, pending, sleep, stop_of, timed};
use etiquette::cancellable;
use tokio_util::sync::CancellationToken;

#[tokio::test(start_paused = true)]
async fn grace_lets_the_body_end_and_its_result_wins() {
    #[cancellable(grace = 50ms)]
    async fn work(token: CancellationToken) -> Result<&'static str, Error> {
        token.cancelled().await;
        sleep(ms(49)).await;
        Ok("saved")
    }
    assert_eq!(timed(work(cancelled_after(20))).await, (Ok("saved"), ms(69)));
}

#[tokio::test(start_paused = true)]
async fn grace_is_no_longer_than_it_says() {
    #[cancellable(grace = 50ms)]
    async fn work(token: CancellationToken, held: Counted) -> Result<(), Error> {
        token.cancelled().await;
        let _held = held;
        pending().await
    }
    let held = Counted::default();
    let (out, elapsed) = timed(work(cancelled_after(20), held.clone())).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!((elapsed, held.others()), (ms(70), 0));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_ready_when_its_grace_ends_has_won() {
    #[cancellable(grace = 50ms)]
    async fn work(token: CancellationToken) -> Result<u32, Error> {
        token.cancelled().await;
        sleep(ms(50)).await;
        Ok(7)
    }
    assert_eq!(timed(work(cancelled_after(20))).await, (Ok(7), ms(70)));
}

#[tokio::test(start_paused = true)]
async fn grace_is_not_for_a_body_that_never_started() {
    #[cancellable(grace = 50ms)]
    async fn work(token: CancellationToken, runs: &Runs) -> Result<u32, Error> {
        Ok(runs.next())
    }
    let (token, runs) = (CancellationToken::new(), Runs::default());
    token.cancel();
    assert!(stop_of(work(token, &runs).await).is_cancelled());
    assert_eq!(runs.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn grace_of_zero_at_run_time_is_none_and_none_is_without_end() {
    #[cancellable(grace = grace)]
    async fn work(token: CancellationToken, grace: Option<std::time::Duration>) -> Result<u32, Error> {
        sleep(ms(500)).await;
        Ok(7)
    }
    let (out, elapsed) = timed(work(cancelled_after(20), Some(ms(0)))).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!(elapsed, ms(20));
    assert_eq!(timed(work(cancelled_after(20), None)).await, (Ok(7), ms(500)));
}

#[tokio::test(start_paused = true)]
async fn grace_goes_with_a_future_too() {
    #[cancellable(future = sleep(ms(20)), grace = 30ms)]
    async fn work(wait: u64) -> Result<u32, Error> {
        sleep(ms(wait)).await;
        Ok(7)
    }
    assert_eq!(timed(work(49)).await, (Ok(7), ms(49)));
    let (out, elapsed) = timed(work(51)).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!(elapsed, ms(50));
}
