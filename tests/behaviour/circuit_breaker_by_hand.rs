//! A breaker that is operated while calls run: forced, reset, and set anew.

use crate::support::{Error, ms, secs, sleep, stop_of};
use etiquette::{CircuitBreaker, CircuitState, circuit_breaker};
use tokio::time::advance;

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);

fn is_refused(out: Out) -> bool {
    stop_of(out).is_refusal()
}

#[tokio::test(start_paused = true)]
async fn by_hand_it_opens_closes_and_starts_anew_under_running_calls() {
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: &CircuitBreaker, wait: u64, out: Out) -> Out {
        sleep(ms(wait)).await;
        out
    }
    let breaker = CircuitBreaker::new().consecutive(1);
    breaker.force_open();
    let stop = stop_of(fetch(&breaker, 0, Ok(7)).await);
    assert_eq!(
        (stop.retry_after(), breaker.is_forced()),
        (None, true),
        "nobody knows"
    );
    advance(secs(3_600)).await;
    assert!(is_refused(fetch(&breaker, 0, Ok(7)).await));
    breaker.force_closed();
    for _ in 0..5 {
        assert_eq!(fetch(&breaker, 0, FAIL).await, FAIL);
    }
    breaker.reset();
    let (late, ()) = tokio::join!(fetch(&breaker, 10, FAIL), async { breaker.reset() });
    assert_eq!(
        (late, breaker.state()),
        (FAIL, CircuitState::Closed),
        "it began before"
    );
    assert_eq!(fetch(&breaker, 0, FAIL).await, FAIL);
    assert_eq!(breaker.state(), CircuitState::Open);
    breaker.reset();
    assert_eq!(
        (breaker.state(), breaker.time_left()),
        (CircuitState::Closed, None)
    );
}

#[tokio::test(start_paused = true)]
async fn settings_change_while_it_is_in_use() {
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: &CircuitBreaker, out: Out) -> Out {
        out
    }
    let breaker = CircuitBreaker::new();
    for _ in 0..4 {
        assert_eq!(fetch(&breaker, FAIL).await, FAIL);
    }
    breaker.set_min_calls(5);
    breaker.set_failure_rate(1.0);
    breaker.set_open_for(secs(3));
    assert_eq!(fetch(&breaker, Ok(7)).await, Ok(7));
    assert_eq!(breaker.state(), CircuitState::Closed, "four of five");
    breaker.set_failure_rate(0.8);
    assert_eq!(fetch(&breaker, FAIL).await, FAIL);
    assert_eq!(stop_of(fetch(&breaker, FAIL).await).retry_after(), Some(secs(3)));
}
