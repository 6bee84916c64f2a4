//! The results of the last while.

use super::*;

const TEN: Duration = Duration::from_secs(10);

/// At the start of a slice, so that the tests know when it ends.
async fn aligned() {
    let into = super::clock::now() % 1_000_000_000;
    advance(SECOND - Duration::from_nanos(into)).await;
}

#[tokio::test(start_paused = true)]
async fn forgets_slice_by_slice() {
    let breaker = CircuitBreaker::new().window_time(TEN);
    aligned().await;
    for second in 0..10 {
        assert_eq!(seen(&breaker), (2 * second, second));
        calls(&breaker, 1, true);
        calls(&breaker, 1, false);
        assert_eq!(seen(&breaker), (2 * second + 2, second + 1));
        if second == 8 {
            // 18 of at least 20; nine seconds later the first is still there.
            breaker.set_failure_rate(1.0);
        }
        advance(SECOND).await;
    }
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (18, 9)));
    advance(SECOND - Duration::from_nanos(1)).await;
    assert_eq!(seen(&breaker), (18, 9));
    advance(Duration::from_nanos(1)).await;
    assert_eq!(seen(&breaker), (16, 8));
    advance(7 * SECOND).await;
    assert_eq!(seen(&breaker), (2, 1));
    advance(SECOND).await;
    assert_eq!(seen(&breaker), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn each_result_is_looked_at_for_at_least_nine_tenths_and_never_longer() {
    for offset in [0, 1, 499, 999] {
        let breaker = CircuitBreaker::new().window_time(TEN);
        aligned().await;
        advance(Duration::from_millis(offset)).await;
        fail(&breaker, 1);
        advance(9 * SECOND).await;
        assert_eq!(seen(&breaker), (1, 1));
        advance(SECOND).await;
        assert_eq!(seen(&breaker), (0, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn opens_on_exactly_the_call_that_reaches_the_rate() {
    let breaker = CircuitBreaker::new().window_time(TEN).failure_rate(0.2);
    aligned().await;
    succeed(&breaker, 10_000);
    advance(10 * SECOND).await;
    succeed(&breaker, 80);
    advance(5 * SECOND).await;
    fail(&breaker, 19);
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (99, 19)));
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn opens_on_a_success_that_completes_the_fewest_calls() {
    let breaker = CircuitBreaker::new().window_time(TEN).open_for(SECOND).probes(1);
    fail(&breaker, 10);
    succeed(&breaker, 9);
    assert_eq!(breaker.state(), Closed);
    succeed(&breaker, 1);
    assert_eq!(breaker.state(), Open);
    advance(SECOND).await;
    succeed(&breaker, 1);
    assert_eq!(
        (breaker.state(), seen(&breaker)),
        (Closed, (0, 0)),
        "those of before are forgotten"
    );
}

#[tokio::test(start_paused = true)]
async fn a_stale_result_is_not_recorded() {
    let breaker = CircuitBreaker::new().window_time(TEN);
    let early = breaker.admit(OP).unwrap();
    breaker.reset();
    early.failed();
    assert_eq!(seen(&breaker), (0, 0));
    // As often as it takes for a slice to look like that of the present.
    for _ in 0..200 {
        fail(&breaker, 1);
        breaker.reset();
        assert_eq!(seen(&breaker), (0, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_long_pause_nothing_is_left() {
    let breaker = CircuitBreaker::new().window_time(TEN);
    aligned().await;
    fail(&breaker, 19);
    for pause in [10, 11, 20, 100, 86_400, 365 * 86_400] {
        advance(pause * SECOND).await;
        assert_eq!(seen(&breaker), (0, 0), "{pause}");
        fail(&breaker, 19);
        assert_eq!((breaker.state(), seen(&breaker)), (Closed, (19, 19)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_slice_that_is_full_keeps_its_rate() {
    let breaker = CircuitBreaker::new().window_time(TEN).failure_rate(0.3);
    aligned().await;
    for _ in 0..100_000 {
        succeed(&breaker, 4);
        fail(&breaker, 1);
    }
    let (calls, failures) = seen(&breaker);
    assert!(calls > 100_000, "{calls}");
    assert!(failures.abs_diff(calls / 5) < 5, "{failures} of {calls}");
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn a_window_of_no_time_is_one_of_almost_none() {
    let breaker = CircuitBreaker::new().window_time(Duration::ZERO);
    fail(&breaker, 19);
    assert_eq!(seen(&breaker), (19, 19));
    advance(Duration::from_nanos(10)).await;
    assert_eq!(seen(&breaker), (0, 0));
}
