//! The full stack, and what layers do to each other.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use etiquette::{__private as P, Stopped, TimeoutKind};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::{Error, is_send, ms};

const OP: &str = "lowered::stack::create";

struct Service {
    runs: AtomicU32,
}

type Ret = Result<u64, Error>;

impl Service {
    /// `instrument_task`, `cancellable`, a total limit, `retry`, an attempt limit.
    async fn create(&self, token: CancellationToken, mut id: u64, req: String, slow: u32) -> Ret {
        use P::AsCancelSource as _;
        let mut __etq_ended = P::Ended::Body;
        let mut __etq_task = P::task!(
            target: ::core::module_path!(), parent: (), level: P::Level::INFO, name: "create", operation: "app::create",
            follows: (), fields: { id, req.len = req.len() }
        );
        let __etq_out: Ret = match __etq_task
            .scope(P::cancellable((token).__etq_source(), async {
                let mut __etq_timer = ::core::pin::pin!(P::Total::new(P::Millis::<100>));
                let mut __etq_last = P::LastError::new();
                let __etq_out = {
                    let mut __etq_retry = P::Retry::new(
                        || {
                            P::Plan::new(OP, P::attempts(3u32), P::Constant::new(ms(10)))
                                .jitter(P::Jitter::None)
                        },
                        P::Own(|| {
                            static BUDGET: P::RetryBudget = P::RetryBudget::new();
                            &BUDGET
                        }),
                    );
                    let mut __etq_keep_req = P::Keep::new(req);
                    loop {
                        {
                            __etq_ended = P::Ended::Body;
                            __etq_task.attempt(__etq_retry.number());
                            let mut req = __etq_keep_req.next(__etq_retry.is_last());
                            let __etq_out: Ret = match P::within(
                                ::core::pin::Pin::as_mut(&mut __etq_timer),
                                P::Millis::<40>,
                                async {
                                    if false {
                                        let _ = &mut id;
                                    }
                                    match () {
                                        () => {
                                            req.push('!');
                                            match self.runs.fetch_add(1, Relaxed) + 1 {
                                                run if run <= slow => sleep(ms(60)).await,
                                                _ if req == "busy!" => return Err(Error::Busy),
                                                _ => {}
                                            }
                                            id += 1;
                                            Ok(id)
                                        }
                                    }
                                },
                            )
                            .await
                            {
                                Ok(Ok(__etq_out)) => __etq_out,
                                Ok(Err(__etq_stop)) => {
                                    __etq_ended = P::Ended::TimedOut;
                                    P::stopped::<Ret>(__etq_stop.of(
                                        OP,
                                        P::TimeoutKind::Attempt,
                                        __etq_retry.number(),
                                    ))
                                }
                                Err(__etq_stop) => break Err(__etq_retry.cut(__etq_stop)),
                            };
                            let __etq_out = match P::settle!(__etq_retry, __etq_out, __etq_ended) {
                                Ok(__etq_out) => break Ok(__etq_out.into_return()),
                                Err(__etq_out) => __etq_out,
                            };
                            let __etq_verdict = match __etq_ended {
                                P::Ended::Body => P::transient::<Ret>(&__etq_out),
                                __etq_stop => P::judge_stop(__etq_stop, true, false),
                            };
                            if !__etq_retry.again(__etq_verdict) {
                                __etq_task.gave_up(__etq_retry.why());
                                break Ok(__etq_out);
                            }
                            P::retry_event!(__etq_retry, &__etq_out);
                            __etq_last.failed(P::describe!(&__etq_out));
                        }
                        match P::pause_within(::core::pin::Pin::as_mut(&mut __etq_timer), __etq_retry.delay())
                            .await
                        {
                            Ok(()) => {}
                            Err(__etq_cut) => break Err(__etq_cut),
                        }
                    }
                };
                match __etq_out {
                    Ok(__etq_out) => __etq_out,
                    Err(__etq_stop) => {
                        __etq_last.report(OP, __etq_stop.attempts());
                        __etq_ended = P::Ended::TimedOut;
                        P::stopped::<Ret>(__etq_stop.of(OP))
                    }
                }
            }))
            .await
        {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => {
                let __etq_entered = __etq_task.enter();
                __etq_ended = P::Ended::Cancelled;
                P::cancelled::<Ret>(__etq_stop.of(OP))
            }
        };
        P::task_end!(__etq_task, __etq_ended, &__etq_out,
            target: ::core::module_path!(), err: (P::Level::ERROR, Display), ret: (P::Level::DEBUG, Debug));
        return __etq_out;
    }
}

async fn run(req: &str, slow: u32) -> (Ret, u32, std::time::Duration) {
    let service = Service {
        runs: AtomicU32::new(0),
    };
    let start = Instant::now();
    let out = is_send(service.create(CancellationToken::new(), 41, req.into(), slow)).await;
    (out, service.runs.into_inner(), start.elapsed())
}

#[tokio::test(start_paused = true)]
async fn ready_at_once() {
    assert_eq!(run("x", 0).await, (Ok(42), 1, ms(0)));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_timed_out_is_retried() {
    assert_eq!(run("x", 1).await, (Ok(42), 2, ms(50)));
}

#[tokio::test(start_paused = true)]
async fn the_total_limit_cuts_the_retry_and_counts_the_attempts() {
    let (out, runs, elapsed) = run("x", 3).await;
    assert_eq!((runs, elapsed), (3, ms(100)));
    let Err(Error::Stopped(Stopped::TimedOut(stop))) = out else {
        panic!("{out:?}")
    };
    assert_eq!((stop.kind, stop.attempts), (TimeoutKind::Total, 3));
    assert_eq!(stop.to_string(), "create timed out after 100ms (3 attempts)");
}

#[tokio::test(start_paused = true)]
async fn the_last_real_error_is_returned_unwrapped() {
    assert_eq!(run("busy", 0).await, (Err(Error::Busy), 3, ms(20)));
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_ends_it_all() {
    let service = Service {
        runs: AtomicU32::new(0),
    };
    let token = CancellationToken::new();
    let start = Instant::now();
    let (out, ()) = tokio::join!(service.create(token.clone(), 1, "x".into(), 9), async {
        sleep(ms(45)).await;
        token.cancel();
    });
    assert_eq!((service.runs.into_inner(), start.elapsed()), (1, ms(45)));
    assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_cancelled()));
}

/// Retries for ever, without a pause, what never waits.
async fn spin(runs: &AtomicU32) -> Result<(), Error> {
    let mut __etq_retry = P::Retry::new(
        P::Plan::new(OP, P::Attempts::FOREVER, P::Constant::new(ms(0))),
        P::NoBudget,
    );
    loop {
        {
            let __etq_out: Result<(), Error> = async {
                runs.fetch_add(1, Relaxed);
                Err(Error::Busy)
            }
            .await;
            if !__etq_retry.again(P::transient::<Result<(), Error>>(&__etq_out)) {
                break __etq_out;
            }
        }
        P::pause(__etq_retry.delay()).await;
    }
}

#[tokio::test]
async fn a_loop_without_pauses_can_be_timed_out() {
    let runs = AtomicU32::new(0);
    let out = P::with_timeout(P::limit(ms(20)), spin(&runs)).await;
    assert!(out.is_err());
    assert!(runs.into_inner() > 100);
}

#[tokio::test]
async fn a_loop_without_pauses_can_be_cancelled() {
    let runs = AtomicU32::new(0);
    let token = CancellationToken::new();
    let (out, ()) = tokio::join!(P::cancellable(&token, spin(&runs)), async {
        tokio::task::yield_now().await;
        token.cancel();
    });
    assert!(out.is_err());
}
