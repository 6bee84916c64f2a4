//! What `#[circuit_breaker]` counts: which errors, what layers below it have stopped, calls that were slow or dropped.

use crate::support::{Error, cancelled_after, ms, pending, secs, sleep, stop_of};
use etiquette::{
    CircuitBreaker, CircuitState, Classify, ConcurrencyLimit, Stopped, cancellable, circuit_breaker,
    concurrency_limit, hedge, with_timeout,
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

type Out = Result<u32, Error>;

const fn sensitive() -> CircuitBreaker {
    CircuitBreaker::new().min_calls(1).failure_rate(1.0).window(100)
}

/// A breaker that never opens, to read what it was told.
const fn patient() -> CircuitBreaker {
    CircuitBreaker::new().min_calls(100)
}

fn seen(breaker: &CircuitBreaker) -> (u32, u32) {
    (breaker.calls(), breaker.failures())
}

#[tokio::test(start_paused = true)]
async fn every_error_counts_unless_it_is_a_cancellation() {
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: &CircuitBreaker, out: Out) -> Out {
        out
    }
    let breaker = patient();
    for error in [Error::Busy, Error::Bad, Error::NotSent, Error::Later(secs(1))] {
        assert!(fetch(&breaker, Err(error)).await.is_err());
    }
    assert_eq!(seen(&breaker), (4, 4));
    // Of a call inside that was asked to leave.
    let cancelled = etiquette::Cancelled::new("inside");
    assert!(
        fetch(&breaker, Err(Stopped::from(cancelled).into()))
            .await
            .is_err()
    );
    assert_eq!(seen(&breaker), (4, 4));
    assert!(fetch(&breaker, Ok(7)).await.is_ok());
    assert_eq!(seen(&breaker), (5, 4));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_what_the_body_called_says_nothing() {
    #[circuit_breaker(consecutive = 1)]
    async fn inner() -> Result<u32, Stopped> {
        Err(Stopped::from(etiquette::TimedOut::new("inner", secs(1))))
    }
    #[circuit_breaker(state = breaker)]
    async fn outer(breaker: &CircuitBreaker) -> Out {
        Ok(inner().await?)
    }
    #[circuit_breaker(state = breaker, when = |_| true)]
    async fn asked(breaker: &CircuitBreaker) -> anyhow::Result<u32> {
        Ok(outer(breaker).await?)
    }
    let breaker = patient();
    // A timeout inside counts, and opens the inner one.
    assert!(stop_of(outer(&breaker).await).is_timeout());
    assert_eq!(seen(&breaker), (1, 1));
    for _ in 0..3 {
        assert!(stop_of(outer(&breaker).await).is_refusal());
    }
    assert_eq!(seen(&breaker), (1, 1));
    // Deeper in the chain of sources, and though `when` would count it.
    assert!(asked(&breaker).await.is_err());
    assert_eq!(seen(&breaker), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn when_says_which_errors_count_and_the_others_are_successes() {
    #[circuit_breaker(state = breaker, when = |error| *error == Error::Busy)]
    async fn by_closure(breaker: &CircuitBreaker, out: Out) -> Out {
        out
    }
    fn is_busy(error: &Error) -> bool {
        *error == Error::Busy
    }
    #[circuit_breaker(state = breaker, when = is_busy)]
    async fn by_path(breaker: &CircuitBreaker, out: Out) -> Out {
        out
    }
    #[circuit_breaker(state = breaker, when = Classify::class)]
    async fn by_class(breaker: &CircuitBreaker, out: Out) -> Out {
        out
    }
    #[circuit_breaker(state = breaker, when = |error| strict || *error == Error::Busy)]
    async fn by_argument(breaker: &CircuitBreaker, strict: bool, out: Out) -> Out {
        out
    }
    let outs = || [Ok(7), Err(Error::Busy), Err(Error::Bad)];
    let [closure, path, class, argument, strict] = [const { patient() }; 5];
    for out in outs() {
        let _ = by_closure(&closure, out).await;
    }
    for out in outs() {
        let _ = by_path(&path, out).await;
    }
    for out in outs() {
        let _ = by_class(&class, out).await;
    }
    for out in outs() {
        let _ = by_argument(&argument, false, out).await;
    }
    for out in outs() {
        let _ = by_argument(&strict, true, out).await;
    }
    for breaker in [closure, path, class, argument] {
        assert_eq!(seen(&breaker), (3, 1));
    }
    assert_eq!(seen(&strict), (3, 2));
}

#[tokio::test(start_paused = true)]
async fn ten_calls_that_time_out_inside_open_it() {
    #[circuit_breaker(min_calls = 10)]
    #[with_timeout(50ms)]
    async fn fetch() -> Out {
        pending().await
    }
    // Also where `when` would not count what the timeout has become.
    #[circuit_breaker(min_calls = 10, when = |_| false)]
    #[with_timeout(50ms)]
    async fn unheeded() -> Out {
        pending().await
    }
    for _ in 0..10 {
        assert!(stop_of(fetch().await).is_timeout());
        assert!(stop_of(unheeded().await).is_timeout());
    }
    assert!(stop_of(fetch().await).is_refusal());
    assert!(stop_of(unheeded().await).is_refusal());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_counts_whatever_is_returned_for_it() {
    #[circuit_breaker(consecutive = 2, or_return = None)]
    #[with_timeout(50ms, or_return = Some(0))]
    async fn fetch() -> Option<u32> {
        pending().await
    }
    assert_eq!((fetch().await, fetch().await), (Some(0), Some(0)));
    assert_eq!(fetch().await, None);
}

#[tokio::test(start_paused = true)]
async fn what_layers_below_refuse_or_cancel_is_not_looked_at() {
    #[circuit_breaker(state = breaker)]
    #[cancellable]
    #[concurrency_limit(semaphore = places, wait = none)]
    async fn fetch(token: CancellationToken, breaker: &CircuitBreaker, places: &ConcurrencyLimit) -> Out {
        pending().await
    }
    let (breaker, places) = (sensitive(), ConcurrencyLimit::new(1));
    let token = cancelled_after(10);
    let (cancelled, refused) = tokio::join!(
        fetch(token.clone(), &breaker, &places),
        fetch(token.clone(), &breaker, &places)
    );
    assert!(stop_of(cancelled).is_cancelled());
    assert!(stop_of(refused).is_refusal());
    assert_eq!((seen(&breaker), breaker.state()), ((0, 0), CircuitState::Closed));
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_a_layer_below_refuses_is_given_back() {
    #[circuit_breaker(state = breaker)]
    #[concurrency_limit(semaphore = places, wait = none)]
    async fn fetch(breaker: &CircuitBreaker, places: &ConcurrencyLimit) -> Out {
        Ok(7)
    }
    let breaker = CircuitBreaker::new().consecutive(1).open_for(ms(1)).probes(1);
    breaker.admit("test").unwrap().failed();
    sleep(ms(1)).await;
    let places = ConcurrencyLimit::new(1);
    let slot = places.try_acquire().unwrap();
    for _ in 0..3 {
        let Stopped::AtCapacity(_) = stop_of(fetch(&breaker, &places).await) else {
            panic!("it is the limit that refuses")
        };
        assert_eq!(breaker.state(), CircuitState::HalfOpen);
    }
    drop(slot);
    assert_eq!(fetch(&breaker, &places).await, Ok(7));
    assert_eq!(breaker.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_ignored_unless_it_is_to_be_a_failure() {
    #[circuit_breaker(consecutive = 2)]
    async fn ignored() -> Out {
        pending().await
    }
    #[circuit_breaker(consecutive = 2, abandoned = ignore)]
    async fn said() -> Out {
        pending().await
    }
    #[circuit_breaker(consecutive = 2, abandoned = failure)]
    async fn failed() -> Out {
        pending().await
    }
    for _ in 0..2 {
        assert!(timeout(ms(5), ignored()).await.is_err());
        assert!(timeout(ms(5), said()).await.is_err());
        assert!(timeout(ms(5), failed()).await.is_err());
    }
    // One that was never polled was never admitted.
    drop(failed());
    assert!(timeout(ms(5), ignored()).await.is_err(), "it still runs");
    assert!(timeout(ms(5), said()).await.is_err(), "it still runs");
    assert!(stop_of(failed().await).is_refusal());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_directly_above_is_seen_with_abandoned_failure() {
    #[with_timeout(50ms)]
    #[circuit_breaker(consecutive = 3, abandoned = failure)]
    async fn fetch() -> Out {
        pending().await
    }
    for _ in 0..3 {
        assert!(stop_of(fetch().await).is_timeout());
    }
    assert!(stop_of(fetch().await).is_refusal());
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_a_dropped_call() {
    #[circuit_breaker(consecutive = 1, abandoned = failure)]
    async fn failed(panics: bool) -> Out {
        assert!(!panics, "the test's own panic");
        Ok(7)
    }
    #[circuit_breaker(consecutive = 1)]
    async fn ignored(panics: bool) -> Out {
        assert!(!panics, "the test's own panic");
        Ok(7)
    }
    assert!(tokio::spawn(failed(true)).await.unwrap_err().is_panic());
    assert!(stop_of(failed(false).await).is_refusal());
    assert!(tokio::spawn(ignored(true)).await.unwrap_err().is_panic());
    assert_eq!(ignored(false).await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn the_loser_of_a_hedge_above_is_a_dropped_call() {
    #[hedge(after = 10ms)]
    #[circuit_breaker(state = breaker)]
    async fn fetch(breaker: &CircuitBreaker, runs: &crate::support::Runs) -> Out {
        match runs.next() {
            1 => pending().await,
            run => Ok(run),
        }
    }
    let breaker = patient();
    assert_eq!(fetch(&breaker, &crate::support::Runs::new()).await, Ok(2));
    assert_eq!(seen(&breaker), (1, 0));
}
