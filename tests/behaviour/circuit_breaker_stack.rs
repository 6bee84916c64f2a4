//! `#[circuit_breaker]` among other layers: below a retry, above timeouts and limits, inside spans and fallbacks; and
//! wherever a call ends, nothing of it stays behind.

use crate::recorder::Recorder;
use crate::support::{Counted, Error, Runs, cancelled_after, ms, pending, secs, sleep, stop_of, timed};
use etiquette::{
    CircuitBreaker, CircuitState, ConcurrencyLimit, cancellable, circuit_breaker, concurrency_limit,
    fallback, instrument_task, rate_limit, retry, with_timeout,
};
use tokio_util::sync::CancellationToken;

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);

#[tokio::test(start_paused = true)]
async fn it_sees_every_attempt_below_a_retry_and_its_refusal_is_not_retried() {
    #[retry(attempts = 9, constant(10ms), jitter = none, budget = none)]
    #[circuit_breaker(consecutive = 4)]
    async fn fetch(runs: &Runs) -> Out {
        runs.next();
        FAIL
    }
    let runs = Runs::new();
    let (out, elapsed) = timed(fetch(&runs)).await;
    assert!(stop_of(out).is_refusal());
    // The fourth failure opens it; the fifth attempt is refused, and is the last.
    assert_eq!((runs.count(), elapsed), (4, ms(40)));
    let (out, elapsed) = timed(fetch(&runs)).await;
    assert!(stop_of(out).is_refusal());
    assert_eq!((runs.count(), elapsed), (4, ms(0)));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_retried_with_retry_refused() {
    #[retry(attempts = 9, constant(10ms), jitter = none, budget = none, retry_refused)]
    #[circuit_breaker(consecutive = 4, open_for = 35ms, probes = 1)]
    async fn fetch(runs: &Runs) -> Out {
        match runs.next() {
            1..=4 => FAIL,
            run => Ok(run),
        }
    }
    let runs = Runs::new();
    let (out, elapsed) = timed(fetch(&runs)).await;
    // It opens at 30 ms, refuses at 40, 50 and 60, and is probed at 70.
    assert_eq!((out, elapsed, runs.count()), (Ok(5), ms(70), 5));
}

#[tokio::test(start_paused = true)]
async fn above_a_retry_it_sees_one_call() {
    #[circuit_breaker(state = breaker)]
    #[retry(attempts = 3, constant(10ms), jitter = none, budget = none)]
    async fn fetch(breaker: &CircuitBreaker, runs: &Runs) -> Out {
        if runs.next().is_multiple_of(3) {
            Ok(7)
        } else {
            FAIL
        }
    }
    let breaker = CircuitBreaker::new();
    for _ in 0..5 {
        assert_eq!(fetch(&breaker, &Runs::new()).await, Ok(7));
    }
    assert_eq!((breaker.calls(), breaker.failures()), (5, 0));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_timed_out_counts_and_one_cut_by_the_total_does_not() {
    #[with_timeout(100ms, total)]
    #[retry(attempts = 9, constant(0s), budget = none)]
    #[circuit_breaker(state = breaker)]
    #[with_timeout(30ms, attempt)]
    async fn fetch(breaker: &CircuitBreaker) -> Out {
        pending().await
    }
    let breaker = CircuitBreaker::new();
    let (out, elapsed) = timed(fetch(&breaker)).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!((elapsed, breaker.calls(), breaker.failures()), (ms(100), 3, 3));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_outcome_of_its_own() {
    #[instrument_task]
    #[circuit_breaker(consecutive = 1)]
    async fn fetch() -> Out {
        FAIL
    }
    let recorder = Recorder::install();
    assert_eq!(fetch().await, FAIL);
    assert!(fetch().await.is_err());
    let outcomes: Vec<String> = recorder
        .spans()
        .iter()
        .map(|span| span.outcome().to_owned())
        .collect();
    assert_eq!(outcomes, ["error", "refused"]);
}

#[tokio::test(start_paused = true)]
async fn below_it_a_span_is_opened_only_for_calls_that_run() {
    #[circuit_breaker(consecutive = 1)]
    #[instrument_task]
    async fn fetch() -> Out {
        FAIL
    }
    let recorder = Recorder::install();
    assert_eq!(fetch().await, FAIL);
    assert!(fetch().await.is_err());
    assert_eq!(recorder.span().outcome(), "error");
}

#[tokio::test(start_paused = true)]
async fn what_becomes_of_it_is_logged_once_and_by_the_functions_name() {
    #[circuit_breaker(consecutive = 2, open_for = 10s, probes = 1)]
    async fn fetch(out: Out) -> Out {
        out
    }
    let recorder = Recorder::install();
    for _ in 0..5 {
        let _ = fetch(FAIL).await;
    }
    sleep(secs(10)).await;
    assert_eq!(fetch(Ok(7)).await, Ok(7));
    let mut lines: Vec<String> = recorder.events().iter().map(|event| event.line()).collect();
    // Each call that was turned away has its own event.
    let before = lines.len();
    lines.retain(|line| !line.starts_with("DEBUG etiquette::circuit_breaker: refused: circuit open"));
    assert_eq!(before - lines.len(), 3);
    let circuit = concat!(module_path!(), "::fetch");
    assert_eq!(
        lines,
        [
            format!(
                "ERROR etiquette::circuit_breaker: circuit opened: calls are refused circuit={circuit} open_for=10s"
            ),
            format!(
                "WARN etiquette::circuit_breaker: circuit half-open: a few calls are let through circuit={circuit}"
            ),
            format!("INFO etiquette::circuit_breaker: circuit closed circuit={circuit}"),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_fallback_above_answers_for_a_refusal() {
    #[fallback(Ok(0))]
    #[circuit_breaker(consecutive = 1)]
    async fn fetch(runs: &Runs) -> Out {
        runs.next();
        FAIL
    }
    let runs = Runs::new();
    assert_eq!((fetch(&runs).await, fetch(&runs).await), (Ok(0), Ok(0)));
    assert_eq!(runs.count(), 1);
}

/// The stack that the docs recommend: each layer does its part.
#[instrument_task]
#[cancellable]
#[with_timeout(10s, total)]
#[retry(attempts = 3, constant(20ms), jitter = none, budget = none, clone(held))]
#[circuit_breaker(state = breaker)]
#[rate_limit(1000, per = 1s, wait = 1s)]
#[with_timeout(30ms, attempt)]
#[concurrency_limit(semaphore = places, wait = 1s)]
async fn full(
    token: CancellationToken,
    held: Counted,
    breaker: &CircuitBreaker,
    places: &ConcurrencyLimit,
    runs: &Runs,
) -> Out {
    let _inside = held;
    match runs.next() {
        1 => sleep(ms(10)).await,
        2 => pending().await,
        _ => {
            sleep(ms(10)).await;
            return Ok(7);
        }
    }
    FAIL
}

#[tokio::test(start_paused = true)]
async fn the_recommended_stack_succeeds_at_the_third_attempt() {
    let (breaker, places, runs) = (CircuitBreaker::new(), ConcurrencyLimit::new(1), Runs::new());
    let call = full(
        CancellationToken::new(),
        Counted::default(),
        &breaker,
        &places,
        &runs,
    );
    assert_eq!(timed(call).await, (Ok(7), ms(10 + 20 + 30 + 20 + 10)));
    assert_eq!((breaker.calls(), breaker.failures()), (3, 2));
}

/// Half-open, with one place for a probe: whenever the call is dropped, the next is admitted.
#[tokio::test(start_paused = true)]
async fn dropped_at_every_millisecond_of_a_full_stack_it_leaves_a_place_for_the_next() {
    for at in 0..=30 {
        let breaker = CircuitBreaker::new().consecutive(1).open_for(ms(1)).probes(1);
        breaker.admit("test").unwrap().failed();
        sleep(ms(1)).await;
        let (held, places, runs) = (Counted::default(), ConcurrencyLimit::new(1), Runs::new());
        // A call that waits for its place is a probe as well.
        let slot = (at % 2 == 0).then(|| places.try_acquire().unwrap());
        let call = full(CancellationToken::new(), held.clone(), &breaker, &places, &runs);
        let out = tokio::time::timeout(ms(at), call).await;
        drop(slot);
        if at < 10 {
            assert!(out.is_err());
            assert_ne!(breaker.state(), CircuitState::Closed, "dropped at {at} ms");
            let permit = breaker.admit("test").expect("nobody has the place");
            permit.succeeded();
            assert_eq!(breaker.state(), CircuitState::Closed, "dropped at {at} ms");
        }
        assert_eq!((held.others(), places.available()), (0, 1), "dropped at {at} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn cancelled_at_every_millisecond_it_is_not_counted() {
    // At 10 the first attempt ends in the same tick.
    for at in (0..30).filter(|at| *at != 10) {
        let (breaker, places, runs) = (CircuitBreaker::new(), ConcurrencyLimit::new(1), Runs::new());
        let (held, token) = (Counted::default(), cancelled_after(at));
        let out = full(token, held.clone(), &breaker, &places, &runs).await;
        assert!(stop_of(out).is_cancelled());
        let failed = u32::from(at > 10);
        assert_eq!(
            (breaker.calls(), breaker.failures()),
            (failed, failed),
            "cancelled at {at} ms"
        );
        assert_eq!((held.others(), places.available()), (0, 1));
    }
}
