//! The last N results, and those in a row.

use super::*;

#[tokio::test(start_paused = true)]
async fn opens_on_exactly_the_call_that_reaches_the_rate() {
    let breaker = CircuitBreaker::new();
    succeed(&breaker, 10_000);
    assert_eq!(seen(&breaker), (100, 0));
    fail(&breaker, 49);
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (100, 49)));
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
    assert_eq!(refused(&breaker), Some(30 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn opens_on_a_success_that_completes_the_fewest_calls() {
    let breaker = CircuitBreaker::new();
    fail(&breaker, 10);
    succeed(&breaker, 9);
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (19, 10)));
    succeed(&breaker, 1);
    assert_eq!(breaker.state(), Open, "10 of 20");
}

#[test]
fn slides_result_by_result() {
    let breaker = CircuitBreaker::new().window(4).min_calls(4).failure_rate(0.75);
    for (failed, failures) in [
        (true, 1),
        (true, 2),
        (false, 2),
        (false, 2),
        (false, 1), // the first one has left
        (true, 1),
        (true, 2),
        (false, 2),
        (false, 2),
        (false, 1),
        (false, 0),
    ] {
        calls(&breaker, 1, failed);
        assert_eq!((breaker.state(), breaker.failures()), (Closed, failures));
    }
    fail(&breaker, 2);
    assert_eq!(breaker.state(), Closed);
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
}

#[test]
fn a_rate_is_reached_where_it_says() {
    // 0.07 · 100 is more than 7 in floating point.
    for (rate, failures) in [
        (0.07, 7),
        (0.29, 29),
        (0.57, 57),
        (0.58, 58),
        (1.0, 100),
        (0.001, 1),
    ] {
        let breaker = CircuitBreaker::new().failure_rate(rate);
        succeed(&breaker, 100);
        fail(&breaker, failures - 1);
        assert_eq!(breaker.state(), Closed, "{rate}");
        fail(&breaker, 1);
        assert_eq!(breaker.state(), Open, "{rate}");
    }
}

#[test]
fn rates_that_are_none() {
    for (rate, failures) in [(0.0, 1), (-1.0, 1), (7.0, 20), (f64::NAN, 20)] {
        let breaker = CircuitBreaker::new().window(20).failure_rate(rate);
        succeed(&breaker, 40);
        fail(&breaker, failures - 1);
        assert_eq!(breaker.state(), Closed, "{rate}");
        fail(&breaker, 1);
        assert_eq!(breaker.state(), Open, "{rate}");
    }
}

#[test]
fn small_windows_open_when_they_are_full() {
    let breaker = CircuitBreaker::new().window(10);
    fail(&breaker, 9);
    assert_eq!(breaker.state(), Closed);
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
    let breaker = CircuitBreaker::new().window(0);
    succeed(&breaker, 3);
    assert_eq!(seen(&breaker), (1, 0));
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
}

#[test]
fn large_windows_slide_too() {
    for size in [320, 321, 1_000, CircuitBreaker::MAX_CALLS] {
        let breaker = CircuitBreaker::new().window(size);
        fail(&breaker, 1);
        succeed(&breaker, size - 1);
        assert_eq!(seen(&breaker), (size, 1));
        succeed(&breaker, 1);
        assert_eq!(seen(&breaker), (size, 0));
        fail(&breaker, size.div_ceil(2) - 1);
        assert_eq!(breaker.state(), Closed);
        fail(&breaker, 1);
        assert_eq!(breaker.state(), Open);
    }
    let breaker = CircuitBreaker::new().window(u32::MAX);
    succeed(&breaker, 20_000);
    assert_eq!(breaker.calls(), CircuitBreaker::MAX_CALLS);
}

#[test]
fn so_many_in_a_row() {
    let breaker = CircuitBreaker::new().consecutive(5);
    succeed(&breaker, 1_000);
    assert_eq!(seen(&breaker), (0, 0));
    for _ in 0..100 {
        fail(&breaker, 4);
        assert_eq!((breaker.state(), seen(&breaker)), (Closed, (4, 4)));
        succeed(&breaker, 1);
        assert_eq!(seen(&breaker), (0, 0));
    }
    fail(&breaker, 5);
    assert_eq!(breaker.state(), Open);
    // In whichever order the options are written.
    let breaker = CircuitBreaker::new().consecutive(2).window(7);
    fail(&breaker, 2);
    assert_eq!(breaker.state(), Open);
    let breaker = CircuitBreaker::new().consecutive(0);
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
}

#[test]
fn an_ignored_result_is_none() {
    let breaker = CircuitBreaker::new();
    fail(&breaker, 3);
    for _ in 0..100 {
        breaker.admit(OP).unwrap().ignored();
    }
    assert_eq!(seen(&breaker), (3, 3));
}
