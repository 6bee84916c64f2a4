//! `#[circuit_breaker]` alone, above a timeout, and below a retry.

use std::{
    future::pending,
    pin::pin,
    rc::Rc,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    task::{Context, Waker},
    time::Duration,
};

use etiquette::{__private as P, CircuitBreaker, CircuitState, KeyedCircuitBreaker, Stopped};
use tokio::time::{advance, sleep};

use crate::{Error, is_send, ms};

const OP: &str = "lowered::breaker::fetch";

type Ret = Result<u32, Error>;

/// `circuit_breaker(state = EXPR)` above a body.
async fn guarded(breaker: &CircuitBreaker, body: impl Future<Output = Ret> + Send) -> Ret {
    let mut __etq_ended = P::Ended::Body;
    match P::admit(breaker, OP) {
        Ok(__etq_admitted) => {
            let __etq_permit = P::Permit::new(breaker, __etq_admitted);
            let __etq_out: Ret = async {
                __etq_permit.begin();
                body.await
            }
            .await;
            __etq_permit.record(P::breaker_default!(__etq_ended, &__etq_out));
            __etq_out
        }
        Err(__etq_stop) => {
            __etq_ended = P::Ended::Refused;
            let _ = __etq_ended;
            P::stopped::<Ret>(__etq_stop.of(OP))
        }
    }
}

/// The same above `with_timeout(50ms)`, with `when = |e| …`.
async fn limited(breaker: &CircuitBreaker, work: Duration, out: Ret) -> Ret {
    let mut __etq_ended = P::Ended::Body;
    match P::admit(breaker, OP) {
        Ok(__etq_admitted) => {
            let __etq_permit = P::Permit::new(breaker, __etq_admitted);
            let __etq_out: Ret = match P::with_timeout(P::limit(ms(50)), async {
                __etq_permit.begin();
                sleep(work).await;
                out
            })
            .await
            {
                Ok(__etq_out) => __etq_out,
                Err(__etq_stop) => {
                    __etq_ended = P::Ended::TimedOut;
                    P::stopped::<Ret>(__etq_stop.of(OP, P::TimeoutKind::Call, 1u32))
                }
            };
            __etq_permit.record(P::breaker_when!(__etq_ended, &__etq_out, |e| *e == Error::Busy));
            __etq_out
        }
        Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
    }
}

#[tokio::test(start_paused = true)]
async fn refuses_without_running_the_body() {
    let breaker = CircuitBreaker::new().consecutive(2).open_for(ms(100)).probes(1);
    let runs = AtomicU32::new(0);
    let call = |out: Ret| {
        is_send(guarded(&breaker, async {
            runs.fetch_add(1, Relaxed);
            out
        }))
    };
    assert_eq!(call(Err(Error::Busy)).await, Err(Error::Busy));
    assert_eq!(call(Err(Error::Gone)).await, Err(Error::Gone));
    advance(ms(30)).await;
    let Err(Error::Stopped(Stopped::CircuitOpen(stop))) = call(Ok(7)).await else {
        panic!("not refused")
    };
    assert_eq!((stop.operation, stop.retry_after()), (OP, Some(ms(70))));
    assert_eq!(runs.load(Relaxed), 2);
    advance(ms(70)).await;
    assert_eq!(call(Ok(7)).await, Ok(7));
    assert_eq!(breaker.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn ten_calls_that_timed_out_open_it() {
    let breaker = CircuitBreaker::new().min_calls(10);
    for _ in 0..10 {
        assert_eq!(breaker.state(), CircuitState::Closed);
        let out = limited(&breaker, ms(60), Ok(7)).await;
        assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_timeout()));
    }
    assert_eq!(breaker.state(), CircuitState::Open);
    let out = limited(&breaker, ms(0), Ok(7)).await;
    assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_refusal()));
}

#[tokio::test(start_paused = true)]
async fn when_says_which_errors_count() {
    let breaker = CircuitBreaker::new().consecutive(2);
    for (out, failures) in [(Error::Busy, 1), (Error::Gone, 0), (Error::Busy, 1)] {
        assert!(limited(&breaker, ms(0), Err(out)).await.is_err());
        assert_eq!(breaker.failures(), failures);
    }
}

#[tokio::test(start_paused = true)]
async fn fifty_calls_at_once_and_three_of_them_find_out() {
    let breaker = Arc::new(CircuitBreaker::new().open_for(ms(100)));
    for _ in 0..20 {
        let _ = guarded(&breaker, async { Err(Error::Busy) }).await;
    }
    advance(ms(100)).await;
    let runs = Arc::new(AtomicU32::new(0));
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let (breaker, runs) = (Arc::clone(&breaker), Arc::clone(&runs));
            tokio::spawn(async move {
                guarded(&breaker, async {
                    runs.fetch_add(1, Relaxed);
                    sleep(ms(10)).await;
                    Ok(7)
                })
                .await
            })
        })
        .collect();
    let mut refused = 0;
    for call in calls {
        refused += u32::from(call.await.unwrap().is_err());
    }
    assert_eq!((runs.load(Relaxed), refused), (3, 47));
    assert_eq!(breaker.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_probe_whose_caller_leaves_or_panics_is_given_back() {
    let breaker = Arc::new(CircuitBreaker::new().consecutive(1).open_for(ms(100)).probes(1));
    let _ = guarded(&breaker, async { Err(Error::Busy) }).await;
    advance(ms(100)).await;
    {
        let mut probe = pin!(guarded(&breaker, pending()));
        let waits = probe.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(waits.is_pending());
        assert!(guarded(&breaker, async { Ok(7) }).await.is_err());
    }
    let other = Arc::clone(&breaker);
    let panics = tokio::spawn(async move { guarded(&other, async { panic!("the body") }).await });
    assert!(panics.await.unwrap_err().is_panic());
    assert_eq!(breaker.state(), CircuitState::HalfOpen);
    assert_eq!(guarded(&breaker, async { Ok(7) }).await, Ok(7));
    assert_eq!(breaker.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn below_a_retry_it_sees_every_attempt_and_a_refusal_is_the_end() {
    async fn fetch(breaker: &CircuitBreaker, runs: &AtomicU32) -> Ret {
        let mut __etq_ended = P::Ended::Body;
        let mut __etq_retry = P::Retry::new(
            P::Plan::new(OP, P::attempts(9u32), P::Constant::new(ms(10))).jitter(P::Jitter::None),
            P::NoBudget,
        );
        loop {
            {
                __etq_ended = P::Ended::Body;
                let __etq_out: Ret = match P::admit(breaker, OP) {
                    Ok(__etq_admitted) => {
                        let __etq_permit = P::Permit::new(breaker, __etq_admitted);
                        let __etq_out: Ret = async {
                            runs.fetch_add(1, Relaxed);
                            Err(Error::Busy)
                        }
                        .await;
                        __etq_permit.record(P::breaker_default!(__etq_ended, &__etq_out));
                        __etq_out
                    }
                    Err(__etq_stop) => {
                        __etq_ended = P::Ended::Refused;
                        P::stopped::<Ret>(__etq_stop.of(OP))
                    }
                };
                let __etq_verdict = match __etq_ended {
                    P::Ended::Body => P::transient::<Ret>(&__etq_out),
                    __etq_stop => P::judge_stop(__etq_stop, true, false),
                };
                if !__etq_retry.again(__etq_verdict) {
                    break __etq_out;
                }
            }
            P::pause(__etq_retry.delay()).await;
        }
    }
    let breaker = CircuitBreaker::new().consecutive(4);
    let runs = AtomicU32::new(0);
    let out = is_send(fetch(&breaker, &runs)).await;
    assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_refusal()));
    assert_eq!(runs.load(Relaxed), 4);
}

#[tokio::test(start_paused = true)]
async fn each_key_has_a_circuit() {
    async fn fetch(host: String, out: Ret) -> Ret {
        static HOSTS: KeyedCircuitBreaker = KeyedCircuitBreaker::new().name(OP).consecutive(1);
        let __etq_ended = P::Ended::Body;
        let __etq_held = P::of_key(&HOSTS, P::key(&host));
        match P::admit(&__etq_held, OP) {
            Ok(__etq_admitted) => {
                let __etq_permit = P::Permit::new(__etq_held, __etq_admitted);
                let __etq_out: Ret = async {
                    drop(host);
                    out
                }
                .await;
                __etq_permit.record(P::breaker_default!(__etq_ended, &__etq_out));
                __etq_out
            }
            Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
        }
    }
    let _ = is_send(fetch("a".into(), Err(Error::Busy))).await;
    let refused = fetch("a".into(), Ok(7)).await;
    assert!(matches!(refused, Err(Error::Stopped(stop)) if stop.retry_after() == Some(ms(30_000))));
    assert_eq!(fetch("b".into(), Ok(7)).await, Ok(7));
}

#[test]
fn state_may_be_whatever_derefs_to_a_circuit() {
    static PLAIN: CircuitBreaker = CircuitBreaker::new();
    static LAZY: LazyLock<CircuitBreaker> = LazyLock::new(CircuitBreaker::new);
    struct Service {
        breaker: Arc<CircuitBreaker>,
        by_ref: &'static CircuitBreaker,
    }
    let service = Service {
        breaker: Arc::new(CircuitBreaker::new()),
        by_ref: &PLAIN,
    };
    let rc = Rc::new(CircuitBreaker::new());
    let circuits = [
        P::breaker(&PLAIN),
        P::breaker(&LAZY),
        P::breaker(&service.breaker),
        P::breaker(&service.by_ref),
        P::breaker(&rc),
    ];
    for circuit in circuits {
        let admitted = P::admit(circuit, OP).ok().unwrap();
        P::Permit::new(circuit, admitted).record(P::Judged::Failure);
    }
    let failures = [&PLAIN, &LAZY, &service.breaker].map(CircuitBreaker::failures);
    assert_eq!(failures, [2, 1, 1]);
}

#[test]
fn a_permit_is_small() {
    let breaker = CircuitBreaker::new();
    let admitted = P::admit(&breaker, OP).ok().unwrap();
    assert_eq!(size_of_val(&admitted), 8);
    assert!(size_of_val(&P::Permit::new(&breaker, admitted)) <= 24);
}
