//! `#[rate_limit]` among other layers.

use crate::crowd::Crowd;
use crate::recorder::Recorder;
use crate::support::{Error, cancelled_after, ms, secs, sleep, stop_of, timed};
use etiquette::{
    CancellationToken, CircuitBreaker, CircuitState, RateLimit, cancellable, circuit_breaker,
    concurrency_limit, fallback, instrument_task, rate_limit, retry, with_timeout,
};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn below_a_retry_every_attempt_takes_its_turn_and_above_it_all_take_one() {
    #[retry(attempts = 3, constant(10ms), jitter = none, budget = none)]
    #[rate_limit(10, per = 1s, burst = 1, wait = forever)]
    async fn below(crowd: &Crowd) -> Result<(), Error> {
        let _inside = crowd.enter(1);
        Err(Error::Busy)
    }
    #[rate_limit(10, per = 1s, burst = 1, wait = forever)]
    #[retry(attempts = 3, constant(10ms), jitter = none, budget = none)]
    async fn above(crowd: &Crowd) -> Result<(), Error> {
        let _inside = crowd.enter(1);
        Err(Error::Busy)
    }
    let crowd = Crowd::new();
    assert_eq!(below(&crowd).await, Err(Error::Busy));
    assert_eq!(crowd.began_ms(), [(1, 0), (1, 100), (1, 200)]);
    let crowd = Crowd::new();
    assert_eq!(above(&crowd).await, Err(Error::Busy));
    assert_eq!(crowd.began_ms(), [(1, 0), (1, 10), (1, 20)]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_final_unless_the_retry_says_otherwise() {
    static RATE: RateLimit = RateLimit::new(10, Duration::from_secs(1)).burst(1);
    #[retry(attempts = 5, constant(40ms), jitter = none, budget = none, when = any)]
    #[rate_limit(limiter = &RATE, wait = none)]
    async fn once() -> Result<(), Error> {
        Ok(())
    }
    #[retry(attempts = 5, constant(40ms), jitter = none, budget = none, retry_refused)]
    #[rate_limit(limiter = &RATE, wait = none)]
    async fn again() -> Result<(), Error> {
        Ok(())
    }
    assert_eq!(timed(once()).await, (Ok(()), ms(0)));
    let (refused, waited) = timed(once()).await;
    assert!(stop_of(refused).is_refusal());
    assert_eq!(waited, ms(0));
    // At 0, 40 and 80 there is no turn yet.
    assert_eq!(timed(again()).await, (Ok(()), ms(120)));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_or_a_cancellation_above_ends_the_wait_and_takes_nothing() {
    #[cancellable]
    #[with_timeout(limit)]
    #[rate_limit(10, per = 1s, burst = 1)]
    async fn call(
        token: CancellationToken,
        limit: Duration,
        crowd: &Crowd,
        number: u32,
    ) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        Ok(())
    }
    let crowd = Crowd::new();
    let token = CancellationToken::new();
    let (a, b, c, d) = tokio::join!(
        biased;
        timed(call(token.clone(), secs(1), &crowd, 1)),
        timed(call(token.clone(), ms(30), &crowd, 2)),
        timed(call(cancelled_after(60), secs(1), &crowd, 3)),
        timed(call(token.clone(), secs(1), &crowd, 4)),
    );
    assert_eq!(
        (a, b.1, c.1, d),
        ((Ok(()), ms(0)), ms(30), ms(60), (Ok(()), ms(100)))
    );
    assert!(stop_of(b.0).is_timeout() && stop_of(c.0).is_cancelled());
    assert_eq!(crowd.began_ms(), [(1, 0), (4, 100)]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_below_begins_when_the_turn_has_come() {
    #[rate_limit(10, per = 1s, burst = 1, wait = forever)]
    #[with_timeout(20ms)]
    async fn call() -> Result<(), Error> {
        sleep(ms(10)).await;
        Ok(())
    }
    let (a, b) = tokio::join!(biased; timed(call()), timed(call()));
    assert_eq!((a, b), ((Ok(()), ms(10)), (Ok(()), ms(110))));
}

/// In the recommended order a call has its turn first, and then waits for a slot.
#[tokio::test(start_paused = true)]
async fn a_rate_above_a_limit_is_taken_by_a_call_that_then_finds_no_slot() {
    #[rate_limit(10, per = 1s, burst = 2, wait = none)]
    #[concurrency_limit(1, wait = none)]
    async fn call() -> Result<(), Error> {
        sleep(ms(10)).await;
        Ok(())
    }
    let (a, b, c) = tokio::join!(biased; call(), call(), call());
    assert!(a.is_ok());
    assert_eq!(stop_of(b).to_string(), "call was refused: at capacity");
    assert_eq!(
        stop_of(c).to_string(),
        "call was refused: rate limit reached, retry after 100ms"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_no_failure_to_a_breaker_and_one_to_a_fallback() {
    static BREAKER: CircuitBreaker = CircuitBreaker::new().consecutive(1);
    #[fallback(Ok("cached"))]
    #[circuit_breaker(state = &BREAKER)]
    #[rate_limit(1, per = 1m, wait = none)]
    async fn call() -> Result<&'static str, Error> {
        Ok("fresh")
    }
    assert_eq!(
        (call().await, call().await, call().await),
        (Ok("fresh"), Ok("cached"), Ok("cached"))
    );
    assert_eq!(BREAKER.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_span_above_says_refused_and_one_below_is_only_opened_for_a_body() {
    #[instrument_task]
    #[rate_limit(1, per = 1m, wait = none)]
    async fn above() -> Result<(), Error> {
        Ok(())
    }
    #[rate_limit(1, per = 1m, wait = none)]
    #[instrument_task]
    async fn below() -> Result<(), Error> {
        Ok(())
    }
    let recorder = Recorder::install();
    let _ = (above().await, above().await, below().await, below().await);
    let outcomes: Vec<_> = recorder
        .spans()
        .iter()
        .map(|span| span.outcome().to_owned())
        .collect();
    assert_eq!(outcomes, ["ok", "refused", "ok"]);
}
