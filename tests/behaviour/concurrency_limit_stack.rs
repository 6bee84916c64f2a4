//! `#[concurrency_limit]` among other layers: what a retry, a timeout, a cancellation and a span see of it.

use crate::crowd::{Crowd, in_order};
use crate::recorder::Recorder;
use crate::support::{Error, Runs, cancelled_after, ms, pending, sleep, stop_of, timed};
use etiquette::{
    CancellationToken, CircuitBreaker, CircuitState, cancellable, circuit_breaker, concurrency_limit,
    fallback, instrument_task, retry, with_timeout,
};
use std::sync::Arc;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_retry_leaves_its_slot_while_it_sleeps_and_queues_again_at_the_back() {
    #[retry(attempts = 2, constant(5ms), jitter = none, budget = none)]
    #[concurrency_limit(1, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32, fails: bool, time: u64) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(time)).await;
        if fails { Err(Error::Busy) } else { Ok(()) }
    }
    let crowd = Crowd::new();
    let out = in_order([
        call(crowd.clone(), 1, true, 10),
        call(crowd.clone(), 2, false, 20),
        call(crowd.clone(), 3, false, 20),
    ])
    .await;
    assert_eq!(out, [Err(Error::Busy), Ok(()), Ok(())]);
    // Its pause is over at 15, and by then another waits.
    assert_eq!(crowd.began_ms(), [(1, 0), (2, 10), (3, 30), (1, 50)]);
    assert_eq!(crowd.most(), 1);
}

#[tokio::test(start_paused = true)]
async fn across_retries_the_slot_is_held_while_a_retry_sleeps() {
    #[concurrency_limit(1, across_retries, wait = forever)]
    #[retry(attempts = 2, constant(5ms), jitter = none, budget = none)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Err(Error::Busy)
    }
    let crowd = Crowd::new();
    in_order([call(crowd.clone(), 1), call(crowd.clone(), 2)]).await;
    assert_eq!(crowd.began_ms(), [(1, 0), (1, 15), (2, 25), (2, 40)]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_final_unless_the_retry_says_otherwise() {
    #[retry(attempts = 5, constant(4ms), jitter = none, budget = none, when = any)]
    #[concurrency_limit(1, wait = none)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        sleep(ms(10)).await;
        Ok(runs.next())
    }
    #[retry(attempts = 5, constant(4ms), jitter = none, budget = none, retry_refused)]
    #[concurrency_limit(1, wait = none)]
    async fn again(runs: &Runs) -> Result<u32, Error> {
        sleep(ms(10)).await;
        Ok(runs.next())
    }
    let runs = Runs::new();
    let (first, (refused, waited)) = tokio::join!(biased; call(&runs), timed(call(&runs)));
    assert_eq!((first, waited), (Ok(1), ms(0)));
    assert!(stop_of(refused).is_refusal());
    // Refused at 0, 4 and 8; at 12 there is a slot.
    let runs = Runs::new();
    let (first, second) = tokio::join!(biased; again(&runs), timed(again(&runs)));
    assert_eq!((first, second), (Ok(1), (Ok(2), ms(22))));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_above_counts_the_queue_and_one_below_does_not() {
    #[with_timeout(limit)]
    #[concurrency_limit(1)]
    async fn above(limit: Duration, crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    #[concurrency_limit(1, wait = forever)]
    #[with_timeout(15ms)]
    async fn below(crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    let crowd = Crowd::new();
    let (a, b, c) = tokio::join!(
        biased;
        timed(above(ms(15), &crowd, 1)),
        timed(above(ms(15), &crowd, 2)),
        timed(above(ms(12), &crowd, 3)),
    );
    assert_eq!((a, b.1, c.1), ((Ok(()), ms(10)), ms(15), ms(12)));
    assert!(stop_of(b.0).is_timeout() && stop_of(c.0).is_timeout());
    // The third left the queue, and the slot is free.
    assert_eq!(crowd.began_ms(), [(1, 0), (2, 10)]);
    assert_eq!(above(ms(15), &crowd, 4).await, Ok(()));

    let crowd = Crowd::new();
    let (a, b, c) = tokio::join!(biased; below(&crowd, 1), below(&crowd, 2), below(&crowd, 3));
    assert_eq!((a, b, c), (Ok(()), Ok(()), Ok(())));
}

/// An attempt that waits too long in the queue is an attempt that timed out, and is retried.
#[tokio::test(start_paused = true)]
async fn an_attempt_may_time_out_in_the_queue() {
    #[with_timeout(1s, total)]
    #[retry(attempts = 3, constant(10ms), jitter = none, budget = none)]
    #[with_timeout(20ms, attempt)]
    #[concurrency_limit(1)]
    async fn call(crowd: &Crowd, number: u32, time: u64) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(time)).await;
        Ok(())
    }
    let crowd = Crowd::new();
    let (long, short) = tokio::join!(biased; timed(call(&crowd, 1, 999)), async {
        sleep(ms(5)).await;
        timed(call(&crowd, 2, 3)).await
    });
    // It holds the slot for 20 of 30 ms; the other gets it in between.
    assert!(stop_of(long.0).is_timeout());
    assert_eq!(long.1, ms(80));
    assert_eq!(short, (Ok(()), ms(18)));
    assert_eq!(crowd.began_ms(), [(1, 0), (2, 20), (1, 30), (1, 60)]);
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_ends_the_wait_and_the_body_never_runs() {
    #[cancellable]
    #[concurrency_limit(1)]
    async fn call(token: CancellationToken, crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(50)).await;
        Ok(())
    }
    let crowd = Crowd::new();
    let token = CancellationToken::new();
    let (first, (waiting, waited), last) = tokio::join!(
        biased;
        call(token.clone(), &crowd, 1),
        timed(call(cancelled_after(20), &crowd, 2)),
        timed(call(token.clone(), &crowd, 3)),
    );
    assert!(first.is_ok() && stop_of(waiting).is_cancelled());
    assert_eq!((waited, last), (ms(20), (Ok(()), ms(100))));
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 50)]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_no_failure_to_a_breaker_and_one_to_a_fallback() {
    static BREAKER: CircuitBreaker = CircuitBreaker::new().consecutive(1);
    #[fallback(Ok("cached"))]
    #[circuit_breaker(state = &BREAKER)]
    #[concurrency_limit(1, wait = none)]
    async fn call() -> Result<&'static str, Error> {
        sleep(ms(10)).await;
        Ok("fresh")
    }
    let out = tokio::join!(biased; call(), call(), call());
    assert_eq!(out, (Ok("fresh"), Ok("cached"), Ok("cached")));
    assert_eq!(BREAKER.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_span_above_says_refused_and_one_below_is_only_opened_for_a_body() {
    #[instrument_task]
    #[concurrency_limit(1, wait = none)]
    async fn above() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    #[concurrency_limit(1, wait = none)]
    #[instrument_task]
    async fn below() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    let outcomes = |recorder: &Recorder| {
        let mut outcomes: Vec<_> = recorder
            .spans()
            .iter()
            .map(|span| span.outcome().to_owned())
            .collect();
        outcomes.sort();
        outcomes
    };
    let recorder = Recorder::install();
    let _ = tokio::join!(biased; above(), above());
    assert_eq!(outcomes(&recorder), ["ok", "refused"]);
    drop(recorder);
    let recorder = Recorder::install();
    let _ = tokio::join!(biased; below(), below());
    assert_eq!(outcomes(&recorder), ["ok"]);
}

#[tokio::test(start_paused = true)]
async fn with_a_bound_around_it_a_wait_need_not_be_named() {
    #[with_timeout(30ms)]
    #[concurrency_limit(1)]
    async fn call() -> Result<(), Error> {
        pending().await
    }
    let (a, b) = tokio::join!(biased; timed(call()), timed(call()));
    assert!(stop_of(a.0).is_timeout() && stop_of(b.0).is_timeout());
    assert_eq!((a.1, b.1), (ms(30), ms(30)));
}
