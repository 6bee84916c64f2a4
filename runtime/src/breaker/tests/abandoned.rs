//! Calls that nobody waited for.

use super::*;

#[tokio::test(start_paused = true)]
async fn says_nothing_by_default() {
    for breaker in [
        touchy(),
        CircuitBreaker::new(),
        CircuitBreaker::new().window_time(SECOND),
    ] {
        succeed(&breaker, 3);
        let before = seen(&breaker);
        for _ in 0..100 {
            drop(breaker.admit(OP).unwrap());
        }
        assert_eq!((breaker.state(), seen(&breaker)), (Closed, before));
    }
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_dropped_or_ignored_makes_room_for_another() {
    let breaker = CircuitBreaker::new().consecutive(1).open_for(SECOND).probes(2);
    fail(&breaker, 1);
    advance(SECOND).await;
    for _ in 0..10 {
        let (one, other) = (breaker.admit(OP).unwrap(), breaker.admit(OP).unwrap());
        assert!(breaker.admit(OP).is_err());
        drop(one);
        other.ignored();
    }
    let one = breaker.admit(OP).unwrap();
    succeed(&breaker, 1);
    assert!(breaker.admit(OP).is_err());
    drop(one);
    assert_eq!(breaker.state(), HalfOpen);
    succeed(&breaker, 1);
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn is_a_failure_by_choice() {
    let breaker = CircuitBreaker::new().abandoned_is_failure().open_for(SECOND);
    for _ in 0..20 {
        assert_eq!(breaker.state(), Closed);
        drop(breaker.admit(OP).unwrap());
    }
    assert_eq!(breaker.state(), Open);
    advance(SECOND).await;
    drop(breaker.admit(OP).unwrap());
    assert_eq!((breaker.state(), breaker.time_left()), (Open, Some(2 * SECOND)));
    // What was ignored was not abandoned.
    let breaker = touchy().abandoned_is_failure();
    breaker.admit(OP).unwrap().ignored();
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn a_probe_of_an_earlier_time_gives_nothing_back() {
    let breaker = CircuitBreaker::new().consecutive(1).open_for(SECOND).factor(1.0);
    fail(&breaker, 1);
    advance(SECOND).await;
    let late = breaker.admit(OP).unwrap();
    fail(&breaker, 1);
    advance(SECOND).await;
    let probes = [(); 3].map(|()| breaker.admit(OP).unwrap());
    drop(late);
    assert!(breaker.admit(OP).is_err());
    drop(probes);
    assert!(breaker.admit(OP).is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_panic_leaves_nothing_behind() {
    let breaker = touchy();
    let panics = || {
        let _permit = breaker.admit(OP).unwrap();
        panic!("the body");
    };
    let caught = || std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).is_err();
    assert!(caught());
    assert_eq!(breaker.state(), Closed);
    fail(&breaker, 1);
    advance(SECOND).await;
    assert!(caught());
    assert_eq!(breaker.state(), HalfOpen);
    succeed(&breaker, 1);
    assert_eq!(breaker.state(), Closed);
}
