//! `Limits`: the same limits on expressions, with the same types and the same manners.

use crate::support::{Counted, ms, pending, poll_without_runtime, sleep, timed};
use etiquette::{Cancelled, Deadline, Limit, Limits, Stopped, TimeoutKind};
use std::future::{Future, ready};
use std::task::Poll;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

async fn fetch(wait: u64) -> u32 {
    sleep(ms(wait)).await;
    7
}

#[tokio::test(start_paused = true)]
async fn with_timeout_is_a_result_with_stopped() {
    assert_eq!(timed(fetch(49).with_timeout(ms(50))).await, (Ok(7), ms(49)));
    assert_eq!(timed(fetch(50).with_timeout(ms(50))).await, (Ok(7), ms(50)));
    let (out, elapsed) = timed(fetch(51).with_timeout(ms(50))).await;
    let Err(Stopped::TimedOut(stop)) = out else {
        panic!("{out:?}")
    };
    assert_eq!(
        (stop.limit, stop.kind, stop.attempts),
        (Some(ms(50)), TimeoutKind::Call, 1)
    );
    assert_eq!(elapsed, ms(50));
}

#[tokio::test(start_paused = true)]
async fn a_limit_may_be_an_option_and_none_is_no_limit() {
    assert_eq!(timed(fetch(500).with_timeout(None)).await, (Ok(7), ms(500)));
    assert_eq!(
        timed(fetch(500).with_timeout(Duration::MAX)).await,
        (Ok(7), ms(500))
    );
    assert_eq!(
        timed(fetch(500).with_timeout(Limit::NEVER)).await,
        (Ok(7), ms(500))
    );
    let (out, elapsed) = timed(fetch(500).with_timeout(Some(ms(5)))).await;
    assert!(out.unwrap_err().is_timeout());
    assert_eq!(elapsed, ms(5));
}

#[test]
fn no_timer_is_touched_where_none_is_needed() {
    assert_eq!(
        poll_without_runtime(ready(7).with_timeout(ms(5))),
        Poll::Ready(Ok(7))
    );
    assert_eq!(
        poll_without_runtime(ready(7).with_timeout_at(Instant::now())),
        Poll::Ready(Ok(7))
    );
    assert!(poll_without_runtime(std::future::pending::<()>().with_timeout(None)).is_pending());
    let Poll::Ready(Err(stop)) =
        poll_without_runtime(std::future::pending::<()>().with_timeout(Duration::ZERO))
    else {
        panic!("zero stops at the first wait")
    };
    assert!(stop.is_timeout());
}

#[tokio::test(start_paused = true)]
async fn with_timeout_at_takes_an_instant_of_either_clock_or_an_option() {
    let at = || Instant::now() + ms(30);
    let deadlines: [Deadline; 4] = [
        at().into(),
        Some(at()).into(),
        at().into_std().into(),
        Some(at().into_std()).into(),
    ];
    let (outs, elapsed) = timed(async {
        let mut outs = Vec::new();
        for deadline in deadlines {
            outs.push(pending::<()>().with_timeout_at(deadline).await);
        }
        outs
    })
    .await;
    // One after the other, and all at the same instant.
    assert_eq!(elapsed, ms(30));
    for out in outs {
        let Err(Stopped::TimedOut(stop)) = out else {
            panic!("{out:?}")
        };
        assert_eq!(stop.limit, None);
    }
    assert_eq!(
        timed(fetch(500).with_timeout_at(None::<Instant>)).await,
        (Ok(7), ms(500))
    );
}

#[tokio::test(start_paused = true)]
async fn a_stop_names_the_future_as_far_as_its_type_tells() {
    async fn fetch_user(_id: u32) -> u32 {
        pending().await
    }
    let stop = fetch_user(1).with_timeout(ms(5)).await.unwrap_err();
    assert!(stop.operation().ends_with("::fetch_user"), "{}", stop.operation());
    assert_eq!(stop.to_string(), "fetch_user timed out after 5ms");
    let boxed: std::pin::Pin<Box<dyn Future<Output = u32>>> = Box::pin(fetch_user(1));
    assert_eq!(
        boxed.with_timeout(ms(5)).await.unwrap_err().to_string(),
        "future timed out after 5ms"
    );
    let token = CancellationToken::new();
    token.cancel();
    let stop = fetch_user(1).or_cancelled(&token).await.unwrap_err();
    assert_eq!(stop, Stopped::Cancelled(Cancelled::new(stop.operation())));
}

#[tokio::test(start_paused = true)]
async fn they_stack_and_the_last_one_written_is_outermost() {
    let token = CancellationToken::new();
    let inner_first = pending::<()>()
        .with_timeout(ms(30))
        .or_cancelled(&token)
        .with_timeout(ms(40));
    let (out, elapsed) = timed(inner_first).await;
    assert!(matches!(out, Ok(Ok(Err(stop))) if stop.is_timeout()));
    assert_eq!(elapsed, ms(30));
}

#[tokio::test(start_paused = true)]
async fn what_is_stopped_is_dropped_with_the_future() {
    let held = Counted::default();
    let inside = held.clone();
    let call = async move {
        let _inside = inside;
        pending::<()>().await
    }
    .with_timeout(ms(5));
    assert!(call.await.is_err());
    assert_eq!(held.others(), 0);
}

#[tokio::test(start_paused = true)]
async fn borrowed_futures_go_on_after_a_limit() {
    let mut call = Box::pin(fetch(50));
    assert!((&mut call).with_timeout(ms(20)).await.is_err());
    assert_eq!(timed(call.with_timeout(ms(40))).await, (Ok(7), ms(30)));
}
