//! `#[circuit_breaker(slow_call = …)]`: what is slow, and from when on it is timed.

use crate::support::{Error, ms, secs, sleep, stop_of};
use etiquette::{
    CircuitBreaker, ConcurrencyLimit, Stopped, circuit_breaker, concurrency_limit, rate_limit, with_timeout,
};

type Out = Result<u32, Error>;

/// A breaker that never opens, to read what it was told.
const fn timed() -> CircuitBreaker {
    CircuitBreaker::new().min_calls(100).slow_call(ms(100))
}

#[tokio::test(start_paused = true)]
async fn slow_calls_open_it_when_they_are_enough() {
    #[circuit_breaker(min_calls = 4, slow_call = 100ms, slow_rate = 0.5)]
    async fn fetch(wait: u64) -> Out {
        sleep(ms(wait)).await;
        Ok(7)
    }
    // Exactly as long is not longer.
    for wait in [101, 100, 100, 500] {
        assert_eq!(fetch(wait).await, Ok(7));
    }
    assert!(stop_of(fetch(0).await).is_refusal());
    // All of them, where nothing is said.
    #[circuit_breaker(min_calls = 4, slow_call = 100ms)]
    async fn all(wait: u64) -> Out {
        sleep(ms(wait)).await;
        Ok(7)
    }
    for wait in [101, 101, 101, 0].repeat(5) {
        assert_eq!(all(wait).await, Ok(7));
    }
}

#[tokio::test(start_paused = true)]
async fn slow_calls_stand_beside_failures_in_a_row_and_have_the_window() {
    #[circuit_breaker(consecutive = 3, slow_call = 100ms, slow_rate = 0.5, window = 10, min_calls = 10)]
    async fn fetch(wait: u64, out: Out) -> Out {
        sleep(ms(wait)).await;
        out
    }
    for number in 0..10 {
        let wait = if number < 5 { 101 } else { 0 };
        assert_eq!(fetch(wait, Ok(7)).await, Ok(7));
    }
    assert!(stop_of(fetch(0, Ok(7)).await).is_refusal());
}

#[tokio::test(start_paused = true)]
async fn a_slow_probe_opens_it_again() {
    #[circuit_breaker(consecutive = 1, open_for = 1s, probes = 1, slow_call = 100ms)]
    async fn fetch(wait: u64, out: Out) -> Out {
        sleep(ms(wait)).await;
        out
    }
    assert_eq!(fetch(0, Err(Error::Busy)).await, Err(Error::Busy));
    sleep(secs(1)).await;
    assert_eq!(fetch(101, Ok(7)).await, Ok(7));
    let Stopped::CircuitOpen(stop) = stop_of(fetch(0, Ok(7)).await) else {
        panic!("not refused")
    };
    assert_eq!(stop.retry_after(), Some(secs(2)));
}

/// Places for one at a time, each for 80 ms: the third waits for 160 ms, and is not slow.
#[tokio::test(start_paused = true)]
async fn slow_call_counts_from_the_body_and_not_from_the_queues_below() {
    #[circuit_breaker(state = breaker)]
    #[rate_limit(1000, per = 1s, wait = 1s)]
    #[concurrency_limit(semaphore = places, wait = 1s)]
    async fn fetch(breaker: &CircuitBreaker, places: &ConcurrencyLimit, work: u64) -> Out {
        sleep(ms(work)).await;
        Ok(7)
    }
    /// The same with the layers the other way round, and a timeout between.
    #[circuit_breaker(state = breaker)]
    #[concurrency_limit(semaphore = places, wait = 1s)]
    #[with_timeout(1s)]
    #[rate_limit(1000, per = 1s, wait = 1s)]
    async fn other(breaker: &CircuitBreaker, places: &ConcurrencyLimit, work: u64) -> Out {
        sleep(ms(work)).await;
        Ok(7)
    }
    let places = ConcurrencyLimit::new(1);
    let breaker = timed();
    let (a, b, c) = tokio::join!(
        fetch(&breaker, &places, 80),
        fetch(&breaker, &places, 80),
        fetch(&breaker, &places, 80)
    );
    assert_eq!((a, b, c), (Ok(7), Ok(7), Ok(7)));
    assert_eq!((breaker.calls(), breaker.slow()), (3, 0));
    assert_eq!(fetch(&breaker, &places, 101).await, Ok(7));
    assert_eq!((breaker.calls(), breaker.slow()), (4, 1));

    let breaker = timed();
    let (a, b) = tokio::join!(other(&breaker, &places, 80), other(&breaker, &places, 101));
    assert_eq!((a, b), (Ok(7), Ok(7)));
    assert_eq!((breaker.calls(), breaker.slow()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_never_left_the_queue_was_not_slow() {
    #[circuit_breaker(state = breaker)]
    #[with_timeout(200ms)]
    #[concurrency_limit(semaphore = places)]
    async fn fetch(breaker: &CircuitBreaker, places: &ConcurrencyLimit) -> Out {
        Ok(7)
    }
    let (breaker, places) = (timed(), ConcurrencyLimit::new(1));
    let _slot = places.try_acquire().unwrap();
    assert!(stop_of(fetch(&breaker, &places).await).is_timeout());
    assert_eq!((breaker.calls(), breaker.failures(), breaker.slow()), (1, 1, 0));
}
