//! Calls that take too long.

use super::*;
use crate::breaker::permit;

const LIMIT: Duration = Duration::from_millis(100);

async fn takes(breaker: &CircuitBreaker, time: Duration) {
    let permit = breaker.admit(OP).unwrap();
    advance(time).await;
    permit.succeeded();
}

#[tokio::test(start_paused = true)]
async fn too_many_open_it_on_exactly_the_call_that_reaches_the_rate() {
    let breaker = CircuitBreaker::new().slow_call(LIMIT).slow_rate(0.3);
    for _ in 0..100 {
        takes(&breaker, LIMIT).await;
    }
    assert_eq!(breaker.slow(), 0, "as long as the limit is not longer");
    for slow in 1..30 {
        takes(&breaker, LIMIT + Duration::from_nanos(1)).await;
        assert_eq!((breaker.state(), breaker.slow()), (Closed, slow));
    }
    takes(&breaker, 2 * LIMIT).await;
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn unless_set_all_have_to_be() {
    let breaker = CircuitBreaker::new().slow_call(LIMIT).window(20);
    takes(&breaker, LIMIT).await;
    for _ in 0..19 {
        takes(&breaker, 2 * LIMIT).await;
    }
    assert_eq!((breaker.state(), breaker.slow()), (Closed, 19));
    takes(&breaker, 2 * LIMIT).await;
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn a_failure_may_be_slow_as_well() {
    let breaker = CircuitBreaker::new()
        .slow_call(LIMIT)
        .slow_rate(0.5)
        .min_calls(4)
        .failure_rate(0.9);
    for _ in 0..2 {
        let permit = breaker.admit(OP).unwrap();
        advance(2 * LIMIT).await;
        permit.failed();
    }
    succeed(&breaker, 1);
    assert_eq!(
        (breaker.state(), seen(&breaker), breaker.slow()),
        (Closed, (3, 2), 2)
    );
    succeed(&breaker, 1);
    assert_eq!(breaker.state(), Open, "2 of 4");
}

#[tokio::test(start_paused = true)]
async fn a_slow_probe_opens_it_again() {
    let breaker = touchy().slow_call(LIMIT);
    fail(&breaker, 1);
    advance(SECOND).await;
    takes(&breaker, 2 * LIMIT).await;
    assert_eq!((breaker.state(), breaker.time_left()), (Open, Some(2 * SECOND)));
    advance(2 * SECOND).await;
    takes(&breaker, LIMIT).await;
    assert_eq!((breaker.state(), breaker.slow()), (Closed, 0));
}

#[tokio::test(start_paused = true)]
async fn beside_failures_in_a_row_and_in_time() {
    let breaker = CircuitBreaker::new().consecutive(5).slow_call(LIMIT).window(10);
    for _ in 0..10 {
        assert_eq!(breaker.state(), Closed);
        takes(&breaker, 2 * LIMIT).await;
    }
    assert_eq!(breaker.state(), Open);
    let breaker = CircuitBreaker::new()
        .slow_call(LIMIT)
        .min_calls(5)
        .window_time(SECOND);
    for _ in 0..4 {
        takes(&breaker, 2 * LIMIT).await;
    }
    assert_eq!((breaker.state(), breaker.slow()), (Closed, 4));
    takes(&breaker, 2 * LIMIT).await;
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn time_counts_from_where_the_body_first_began() {
    let breaker = CircuitBreaker::new().slow_call(LIMIT);
    let call = async |waits: u64, runs: &[u64]| {
        let permit = Permit::new(&breaker, permit::admit(&breaker, OP).ok().unwrap());
        advance(Duration::from_millis(waits)).await;
        for &run in runs {
            permit.begin();
            advance(Duration::from_millis(run)).await;
        }
        permit.record(Judged::Success);
        breaker.slow()
    };
    assert_eq!(call(500, &[100]).await, 0, "it waited in a queue");
    assert_eq!(call(500, &[]).await, 0, "it never began");
    assert_eq!(call(0, &[60, 60]).await, 1, "a retry below");
}
