//! Several threads, for real: how they interleave is for them to decide. What all interleavings of
//! a few calls lead to is in `tests/loom_breaker.rs`.

use std::thread;

use super::*;

#[test]
fn no_result_is_lost_and_none_is_counted_twice() {
    let breaker = CircuitBreaker::new().window(1_000).failure_rate(1.0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for call in 0..50_000 {
                    calls(&breaker, 1, call % 3 == 0);
                }
            });
        }
    });
    assert_eq!(breaker.calls(), 1_000);
    // Had one gone astray, a thousand successes would not have displaced them all.
    succeed(&breaker, 1_000);
    assert_eq!(seen(&breaker), (1_000, 0));
    fail(&breaker, 999);
    assert_eq!(seen(&breaker), (1_000, 999));
}

#[test]
fn no_probe_is_lost() {
    let breaker = CircuitBreaker::new()
        .consecutive(1)
        .open_for(Duration::ZERO)
        .probes(2);
    thread::scope(|scope| {
        for thread in 0..4 {
            let breaker = &breaker;
            scope.spawn(move || {
                for call in 0..20_000 {
                    let Ok(permit) = breaker.admit(OP) else { continue };
                    match (call + thread) % 5 {
                        0 => permit.failed(),
                        1 => drop(permit),
                        _ => permit.succeeded(),
                    }
                }
            });
        }
    });
    // Whatever state they left it in: had a probe not come back, it could never be closed again.
    if breaker.state() == Closed {
        fail(&breaker, 1);
    }
    let mut probes = 0;
    while let Ok(permit) = breaker.admit(OP) {
        probes += 1;
        permit.succeeded();
        if breaker.state() == Closed {
            break;
        }
    }
    assert!((1..=2).contains(&probes), "{probes}");
    assert_eq!(breaker.state(), Closed);
}
