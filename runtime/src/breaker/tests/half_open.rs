//! Open, half-open, and back.

use super::*;

#[tokio::test(start_paused = true)]
async fn refuses_with_the_time_left() {
    let breaker = touchy();
    assert_eq!(breaker.time_left(), None);
    fail(&breaker, 1);
    assert_eq!(
        (refused(&breaker), breaker.time_left()),
        (Some(SECOND), Some(SECOND))
    );
    advance(Duration::from_millis(999)).await;
    let left = Duration::from_millis(1);
    assert_eq!((refused(&breaker), breaker.time_left()), (Some(left), Some(left)));
    advance(left).await;
    assert_eq!(
        (breaker.state(), breaker.time_left()),
        (Open, Some(Duration::ZERO))
    );
    let probe = breaker.admit(OP).unwrap();
    assert_eq!((breaker.state(), breaker.time_left()), (HalfOpen, None));
    assert_eq!(refused(&breaker), None, "nobody knows how long the probe takes");
    probe.succeeded();
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (0, 0)));
}

#[tokio::test(start_paused = true)]
async fn admits_exactly_as_many_probes_of_fifty_at_once() {
    let breaker = std::sync::Arc::new(CircuitBreaker::new().consecutive(1).open_for(SECOND).probes(3));
    fail(&breaker, 1);
    advance(SECOND).await;
    let calls = (0..50).map(|_| {
        let breaker = std::sync::Arc::clone(&breaker);
        tokio::spawn(async move {
            let permit = breaker.admit(OP).ok()?;
            tokio::time::sleep(SECOND).await;
            permit.succeeded();
            Some(())
        })
    });
    let mut admitted = 0;
    for call in calls.collect::<Vec<_>>() {
        admitted += u32::from(call.await.unwrap().is_some());
    }
    assert_eq!((admitted, breaker.state()), (3, Closed));
}

#[tokio::test(start_paused = true)]
async fn closes_only_when_all_have_succeeded() {
    let breaker = CircuitBreaker::new().open_for(SECOND);
    fail(&breaker, 20);
    advance(SECOND).await;
    succeed(&breaker, 1);
    let (second, third) = (breaker.admit(OP).unwrap(), breaker.admit(OP).unwrap());
    assert!(
        breaker.admit(OP).is_err(),
        "one that succeeded makes no room for another"
    );
    second.succeeded();
    assert_eq!(breaker.state(), HalfOpen);
    assert!(breaker.admit(OP).is_err());
    third.succeeded();
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (0, 0)));
    // The window starts anew, too.
    fail(&breaker, 19);
    assert_eq!(breaker.state(), Closed);
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn opens_again_with_the_first_failure() {
    let breaker = CircuitBreaker::new().consecutive(1).open_for(SECOND).factor(1.0);
    fail(&breaker, 1);
    advance(SECOND).await;
    let late = breaker.admit(OP).unwrap();
    succeed(&breaker, 1);
    fail(&breaker, 1);
    assert_eq!((breaker.state(), refused(&breaker)), (Open, Some(SECOND)));
    advance(SECOND).await;
    // A probe of the last time is not one of this time.
    let first = breaker.admit(OP).unwrap();
    late.failed();
    assert_eq!(breaker.state(), HalfOpen);
    first.succeeded();
    succeed(&breaker, 2);
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn is_open_for_longer_each_time() {
    let breaker = CircuitBreaker::new().consecutive(1).probes(1);
    for seconds in [30, 60, 120, 240, 300, 300] {
        fail(&breaker, 1);
        let time = seconds * SECOND;
        assert_eq!(breaker.time_left(), Some(time));
        advance(time - Duration::from_millis(1)).await;
        assert_eq!(refused(&breaker), Some(Duration::from_millis(1)));
        advance(Duration::from_millis(1)).await;
    }
    succeed(&breaker, 1);
    fail(&breaker, 1);
    assert_eq!(breaker.time_left(), Some(30 * SECOND), "it had been closed");
}

#[tokio::test(start_paused = true)]
async fn times_that_are_out_of_the_ordinary() {
    async fn openings<const N: usize>(breaker: CircuitBreaker) -> [Option<Duration>; N] {
        let mut times = [None; N];
        for time in &mut times {
            fail(&breaker, 1);
            *time = breaker.time_left();
            advance(time.unwrap()).await;
        }
        times
    }
    let at = |millis| Some(Duration::from_millis(millis));
    assert_eq!(
        openings(touchy().factor(1.5)).await,
        [at(1_000), at(1_500), at(2_250), at(3_375)]
    );
    assert_eq!(openings(touchy().factor(f64::NAN)).await, [at(1_000); 3]);
    assert_eq!(openings(touchy().factor(-3.0)).await, [at(1_000); 3]);
    assert_eq!(
        openings(touchy().factor(f64::INFINITY)).await,
        [at(1_000), at(300_000)]
    );
    assert_eq!(openings(touchy().max(Duration::ZERO)).await, [at(1_000); 3]);
    assert_eq!(openings(touchy().open_for(600 * SECOND)).await, [at(600_000); 3]);
    assert_eq!(openings(touchy().open_for(Duration::ZERO)).await, [at(0); 3]);
    let forever = touchy().open_for(Duration::MAX);
    fail(&forever, 1);
    advance(SECOND * 86_400 * 365).await;
    assert!(forever.admit(OP).is_err());
    // A thousand times, and the power does not overflow.
    let breaker = touchy();
    for _ in 0..1_100 {
        fail(&breaker, 1);
        advance(breaker.time_left().unwrap()).await;
    }
    fail(&breaker, 1);
    assert_eq!(breaker.time_left(), Some(300 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn a_result_that_began_in_an_earlier_state_is_stale() {
    let breaker = touchy();
    let [early, other] = [(); 2].map(|()| breaker.admit(OP).unwrap());
    fail(&breaker, 1);
    advance(SECOND).await;
    let probe = breaker.admit(OP).unwrap();
    early.failed();
    assert_eq!(breaker.state(), HalfOpen, "not a probe that failed");
    probe.succeeded();
    other.failed();
    assert_eq!((breaker.state(), seen(&breaker)), (Closed, (0, 0)));
    let before = breaker.admit(OP).unwrap();
    breaker.reset();
    before.failed();
    assert_eq!(
        breaker.state(),
        Closed,
        "closed before and after, but not the same"
    );
}

#[test]
fn another_clock_starts_the_time_anew() {
    let run = |test: std::pin::Pin<Box<dyn Future<Output = ()> + '_>>| {
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap()
            .block_on(test);
    };
    let breaker = touchy();
    run(Box::pin(async {
        advance(3_000 * SECOND).await;
        fail(&breaker, 1);
    }));
    // 50 minutes behind.
    run(Box::pin(async {
        assert_eq!(refused(&breaker), Some(SECOND));
        advance(SECOND).await;
        succeed(&breaker, 1);
        assert_eq!(breaker.state(), Closed);
    }));
}
