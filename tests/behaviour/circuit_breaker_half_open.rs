//! `#[circuit_breaker]`, half-open: whom it admits to find out, and what becomes of those who began before.

use crate::support::{Error, Runs, ms, pending, secs, sleep, stop_of};
use etiquette::{CircuitBreaker, CircuitState, circuit_breaker};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tokio::time::advance;

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);
const SUCCEED: Out = Ok(7);

/// Whether it was refused because others are finding out.
fn turned_away(out: Out) -> bool {
    let stop = stop_of(out);
    stop.is_refusal() && stop.retry_after().is_none()
}

fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn half_open_admits_exactly_the_probes_of_fifty_simultaneous_calls() {
    #[circuit_breaker(consecutive = 1, open_for = 1s, probes = 4)]
    async fn fetch(runs: Arc<Runs>, fails: bool) -> Out {
        runs.next();
        sleep(ms(10)).await;
        if fails { FAIL } else { SUCCEED }
    }
    let runs = Arc::<Runs>::default();
    assert_eq!(fetch(runs.clone(), true).await, FAIL);
    advance(secs(1)).await;
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(fetch(runs.clone(), false)))
        .collect();
    let mut refused = 0;
    for call in calls {
        refused += u32::from(call.await.unwrap().is_err_and(|error| turned_away(Err(error))));
    }
    assert_eq!((runs.count(), refused), (1 + 4, 46));
    // All four have succeeded: it is closed.
    for _ in 0..50 {
        assert_eq!(fetch(runs.clone(), false).await, SUCCEED);
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_probe_that_fails_opens_it_again() {
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: &CircuitBreaker, wait: u64, out: Out) -> Out {
        sleep(ms(wait)).await;
        out
    }
    let breaker = CircuitBreaker::new().consecutive(1).open_for(secs(1)).probes(3);
    assert_eq!(fetch(&breaker, 0, FAIL).await, FAIL);
    advance(secs(1)).await;
    let (first, second, third) = tokio::join!(
        fetch(&breaker, 10, SUCCEED),
        fetch(&breaker, 20, FAIL),
        fetch(&breaker, 30, SUCCEED)
    );
    assert_eq!((first, second, third), (SUCCEED, FAIL, SUCCEED));
    // Open since 20 ms, for 2 s: what came after the failure was too late to say anything.
    assert_eq!(breaker.state(), CircuitState::Open);
    assert_eq!(
        stop_of(fetch(&breaker, 0, SUCCEED).await).retry_after(),
        Some(ms(1990))
    );
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_dropped_or_panics_gives_its_place_to_another() {
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: Arc<CircuitBreaker>, panics: bool) -> Out {
        assert!(!panics, "the test's own panic");
        pending().await
    }
    #[circuit_breaker(state = breaker)]
    async fn quick(breaker: &CircuitBreaker) -> Out {
        SUCCEED
    }
    let breaker = Arc::new(CircuitBreaker::new().consecutive(1).open_for(secs(1)).probes(1));
    breaker.admit("test").unwrap().failed();
    advance(secs(1)).await;
    {
        let mut probe = pin!(fetch(breaker.clone(), false));
        assert!(poll_once(probe.as_mut()).is_pending());
        assert!(turned_away(quick(&breaker).await), "one is running");
    }
    let panics = tokio::spawn(fetch(breaker.clone(), true));
    assert!(panics.await.unwrap_err().is_panic());
    assert_eq!(breaker.state(), CircuitState::HalfOpen);
    assert_eq!(quick(&breaker).await, SUCCEED);
    assert_eq!(breaker.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_result_that_began_in_an_earlier_state_is_not_recorded() {
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: &CircuitBreaker, wait: u64, out: Out) -> Out {
        sleep(ms(wait)).await;
        out
    }
    let breaker = CircuitBreaker::new().consecutive(2).open_for(ms(100)).probes(2);
    let opens = async {
        for _ in 0..2 {
            assert_eq!(fetch(&breaker, 0, FAIL).await, FAIL);
        }
        assert_eq!(breaker.state(), CircuitState::Open);
        sleep(ms(100)).await;
        // The first probe is running when the late ones come in.
        assert_eq!(fetch(&breaker, 20, SUCCEED).await, SUCCEED);
        assert_eq!(
            breaker.state(),
            CircuitState::HalfOpen,
            "neither opened nor closed"
        );
        assert_eq!(fetch(&breaker, 0, SUCCEED).await, SUCCEED);
        assert_eq!(breaker.state(), CircuitState::Closed);
        assert_eq!(breaker.calls(), 0);
    };
    let (late_failure, late_success, ()) =
        tokio::join!(fetch(&breaker, 110, FAIL), fetch(&breaker, 115, SUCCEED), opens);
    assert_eq!((late_failure, late_success), (FAIL, SUCCEED));
}
