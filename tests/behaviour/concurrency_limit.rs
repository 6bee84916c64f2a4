//! `#[concurrency_limit]`: at most so many calls at once, the others in line, first come first served.

use crate::crowd::{Crowd, in_order};
use crate::support::{Error, ms, poll_without_runtime, secs, sleep, stop_of, timed};
use etiquette::{AtCapacity, Stopped, concurrency_limit};
use std::sync::Arc;
use std::task::Poll;
use tokio::task::yield_now;
use tokio::time::timeout;

#[tokio::test(start_paused = true)]
async fn so_many_run_at_once_and_the_rest_in_the_order_in_which_they_came() {
    #[concurrency_limit(3, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        if number.is_multiple_of(2) {
            Ok(number)
        } else {
            Err(Error::Busy)
        }
    }
    let crowd = Crowd::new();
    let out = in_order((0..10).map(|number| call(crowd.clone(), number))).await;
    assert_eq!(out[..3], [Ok(0), Err(Error::Busy), Ok(2)]);
    let expected: Vec<_> = (0..10)
        .map(|number| (number, 10 * (u64::from(number) / 3)))
        .collect();
    assert_eq!(crowd.began_ms(), expected);
    assert_eq!((crowd.most(), crowd.inside()), (3, 0));
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_none_is_refused_at_once_and_the_body_never_runs() {
    #[concurrency_limit(1, wait = none)]
    async fn call(crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    let crowd = Crowd::new();
    let (first, (second, waited)) = tokio::join!(call(&crowd, 1), timed(call(&crowd, 2)));
    assert_eq!((first, waited), (Ok(()), ms(0)));
    let stop = stop_of(second);
    assert!(stop.is_refusal() && matches!(&stop, Stopped::AtCapacity(_)));
    assert_eq!(stop.to_string(), "call was refused: at capacity");
    assert!(stop.operation().ends_with("concurrency_limit::call"));
    assert_eq!(stop.retry_after(), None);
    assert_eq!(call(&crowd, 3).await, Ok(()));
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 10)]);
}

/// Without a runtime: a timer would panic.
#[test]
fn a_call_that_need_not_wait_touches_no_timer() {
    #[concurrency_limit(1, wait = 1s)]
    async fn call() -> Result<u32, Error> {
        Ok(7)
    }
    for _ in 0..3 {
        assert_eq!(poll_without_runtime(call()), Poll::Ready(Ok(7)));
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_too_long_is_refused_and_is_not_in_the_way() {
    #[concurrency_limit(1, wait = wait)]
    async fn call(wait: Option<std::time::Duration>, crowd: &Crowd, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        sleep(ms(30)).await;
        Ok(number)
    }
    let crowd = Crowd::new();
    let ((a, _), (b, waited), (c, _), (d, _), (e, at_once)) = tokio::join!(
        biased;
        timed(call(Some(ms(1)), &crowd, 1)),
        timed(call(Some(ms(20)), &crowd, 2)),
        // Its turn comes in the very moment in which its wait ends.
        timed(call(Some(ms(30)), &crowd, 3)),
        timed(call(None, &crowd, 4)),
        // Zero at run time is no wait.
        timed(call(Some(ms(0)), &crowd, 5)),
    );
    assert_eq!((a, c, d), (Ok(1), Ok(3), Ok(4)));
    assert!(stop_of(b).is_refusal() && stop_of(e).is_refusal());
    assert_eq!((waited, at_once), (ms(20), ms(0)));
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 30), (4, 60)]);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_takes_nobody() {
    #[concurrency_limit(1, wait = forever, queue = 2)]
    async fn call(crowd: &Crowd, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(number)
    }
    let crowd = Crowd::new();
    let (a, b, c, (d, waited), e) = tokio::join!(
        call(&crowd, 1),
        // Leaves the queue, and so makes room in it.
        timeout(ms(5), call(&crowd, 2)),
        call(&crowd, 3),
        timed(call(&crowd, 4)),
        async {
            sleep(ms(6)).await;
            call(&crowd, 5).await
        },
    );
    assert!(b.is_err() && stop_of(d).is_refusal());
    assert_eq!((a, c, e, waited), (Ok(1), Ok(3), Ok(5), ms(0)));
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 10), (5, 20)]);
}

#[tokio::test(start_paused = true)]
async fn a_queue_of_zero_at_run_time_takes_nobody_at_all() {
    #[concurrency_limit(1, wait = forever, queue = queue)]
    async fn call(queue: usize) -> Result<usize, Error> {
        sleep(ms(10)).await;
        Ok(queue)
    }
    let (a, b, c) = tokio::join!(call(0), call(0), call(1));
    assert_eq!((a, c), (Ok(0), Ok(1)));
    assert!(stop_of(b).is_refusal());
}

#[tokio::test(start_paused = true)]
async fn the_slot_is_free_when_the_body_is_dropped() {
    #[concurrency_limit(1, wait = forever)]
    async fn call(crowd: &Crowd, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        sleep(ms(50)).await;
        Ok(number)
    }
    let crowd = Crowd::new();
    let (a, b) = tokio::join!(timeout(ms(20), call(&crowd, 1)), timed(call(&crowd, 2)));
    assert!(a.is_err());
    assert_eq!(b, (Ok(2), ms(70)));
    assert_eq!((crowd.began_ms(), crowd.most()), (vec![(1, 0), (2, 20)], 1));
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_gives_up_never_runs() {
    #[concurrency_limit(1, wait = forever)]
    async fn call(crowd: &Crowd, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(number)
    }
    let crowd = Crowd::new();
    let (a, b, c) = tokio::join!(
        biased;
        call(&crowd, 1),
        // It leaves in the very moment in which its turn has come.
        async {
            tokio::select! {
                biased;
                () = sleep(ms(10)) => None,
                out = call(&crowd, 2) => Some(out),
            }
        },
        // Bounded, so that a slot that was lost fails the test rather than hangs it.
        timed(timeout(secs(1), call(&crowd, 3))),
    );
    assert_eq!((a, b, c), (Ok(1), None, (Ok(Ok(3)), ms(20))));
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 10)]);
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_at_compile_time_counts_as_one() {
    const NONE: i8 = 0;
    #[concurrency_limit(NONE, wait = none)]
    async fn call() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    let (a, b) = tokio::join!(call(), call());
    assert!(a.is_ok() && b.is_err());
}

#[tokio::test(start_paused = true)]
async fn an_error_or_a_value_of_ones_own_for_who_is_refused() {
    #[concurrency_limit(1, wait = none, error = |full: AtCapacity| full.to_string(), name = "app::save")]
    async fn error() -> Result<u32, String> {
        sleep(ms(1)).await;
        Ok(1)
    }
    #[concurrency_limit(1, wait = none, or_return = fallback.len())]
    async fn value(fallback: &str) -> usize {
        sleep(ms(1)).await;
        0
    }
    #[concurrency_limit(1, wait = none, or_return = ())]
    async fn nothing(crowd: &Crowd) {
        let _inside = crowd.enter(1);
        sleep(ms(1)).await;
    }
    let (a, b) = tokio::join!(error(), error());
    assert_eq!((a, b), (Ok(1), Err("save was refused: at capacity".to_owned())));
    assert_eq!(tokio::join!(value("abc"), value("abc")), (0, 3));
    let crowd = Crowd::new();
    tokio::join!(nothing(&crowd), nothing(&crowd));
    assert_eq!(crowd.began_ms(), [(1, 0)]);
}

/// One static per function, as the page says: all its instances share it.
#[tokio::test(start_paused = true)]
async fn the_limit_is_the_functions_and_all_its_instances_share_it() {
    #[concurrency_limit(1, wait = none)]
    async fn one<T: Send>(value: T) -> Result<T, Error> {
        yield_now().await;
        Ok(value)
    }
    #[concurrency_limit(1, wait = none)]
    async fn other() -> Result<(), Error> {
        yield_now().await;
        Ok(())
    }
    let (a, b, c) = tokio::join!(one(1), one("a"), other());
    assert!(a.is_ok() && b.is_err() && c.is_ok());
}
