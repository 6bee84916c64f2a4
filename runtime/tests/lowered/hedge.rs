//! `#[hedge]` alone.

use std::{cell::Cell, rc::Rc};

use etiquette::{__private as P, Cancelled, Stopped};
use tokio::time::{Instant, sleep};

use crate::{Error, is_send, ms};

const OP: &str = concat!(module_path!(), "::fetch");

/// `#[hedge(after = 50ms)]`: shared borrows, owned arguments by reference, generics, `return`, `?`.
async fn fetch<T: AsRef<str> + Sync>(
    runs: &std::sync::atomic::AtomicU32,
    id: String,
    t: T,
) -> Result<usize, Error> {
    let (_, __etq_out) = P::hedge(
        OP,
        P::limit(ms(50)),
        2u32,
        {
            static BUDGET: P::RetryBudget = P::RetryBudget::new();
            P::Shared(&BUDGET)
        },
        || async {
            let __etq_out: Result<usize, Error> = async {
                if let Some(__etq_ret) = None::<Result<usize, Error>> {
                    return __etq_ret;
                }
                match () {
                    () => {
                        if runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
                            sleep(ms(500)).await;
                        }
                        let _: u8 = "1".parse().map_err(|_| Error::Gone)?;
                        if id.is_empty() {
                            return Ok(0);
                        }
                        Ok(id.len() + t.as_ref().len())
                    }
                }
            }
            .await;
            P::ran!(P::Ended::Body, __etq_out)
        },
    )
    .await;
    return __etq_out;
}

#[tokio::test(start_paused = true)]
async fn the_second_run_wins() {
    let runs = Default::default();
    let start = Instant::now();
    assert_eq!(is_send(fetch(&runs, "ab".into(), "cde")).await, Ok(5));
    assert_eq!(start.elapsed(), ms(50));
    let spawned = tokio::spawn(async { fetch(&Default::default(), String::new(), "x").await });
    assert_eq!(spawned.await.unwrap(), Ok(0));
}

/// `clone(id)`.
async fn cloned(id: String, other: Vec<u8>) -> Result<String, Error> {
    let (_, __etq_out) = P::hedge(OP, P::limit(ms(50)), 2u32, P::NoBudget, || {
        let id = Clone::clone(&id);
        let other = &other;
        async move {
            let __etq_out: Result<String, Error> = async move {
                if other.is_empty() {
                    sleep(ms(70)).await;
                }
                Ok(id)
            }
            .await;
            P::ran!(P::Ended::Body, __etq_out)
        }
    })
    .await;
    return __etq_out;
}

/// What is not a `Result`, and not `Send`: whichever is ready first.
async fn plain(runs: Rc<Cell<u32>>) -> u32 {
    let (_, __etq_out) = P::hedge(OP, P::limit(ms(50)), 2u32, P::NoBudget, || async {
        let __etq_out: u32 = async {
            runs.set(runs.get() + 1);
            let run = runs.get();
            sleep(ms(200) / (run * run)).await;
            run
        }
        .await;
        P::ran!(P::Ended::Body, __etq_out)
    })
    .await;
    return __etq_out;
}

#[tokio::test(start_paused = true)]
async fn any_value_and_any_capture_will_do() {
    assert_eq!(is_send(cloned("a".into(), Vec::new())).await, Ok("a".into()));
    let start = Instant::now();
    // 200 ms, or 50 ms and then 50 ms.
    assert_eq!(plain(Rc::default()).await, 2);
    assert_eq!(start.elapsed(), ms(100));
}

/// Above an attempt limit and a rate limit: what stopped a run comes out beside the value.
async fn stacked(
    limit: &etiquette::RateLimit,
    runs: &Cell<u32>,
    slow: u32,
) -> (P::Ended, Result<u32, Error>) {
    P::hedge(OP, P::limit(ms(50)), 3u32, P::NoBudget, || async {
        let mut __etq_ended = P::Ended::Body;
        let __etq_out: Result<u32, Error> = match match P::start(limit) {
            Ok(()) => Ok(()),
            Err(__etq_turn_in) => P::wait_turn(limit, P::Wait::none(), __etq_turn_in).await,
        } {
            Ok(()) => match P::with_timeout(P::limit(ms(30)), async {
                runs.set(runs.get() + 1);
                let run = runs.get();
                if run <= slow {
                    sleep(ms(60)).await;
                }
                Ok(run)
            })
            .await
            {
                Ok(__etq_out) => __etq_out,
                Err(__etq_stop) => {
                    __etq_ended = P::Ended::TimedOut;
                    P::stopped(__etq_stop.of(OP, P::TimeoutKind::Attempt, 1))
                }
            },
            Err(__etq_stop) => {
                __etq_ended = P::Ended::Refused;
                P::stopped(__etq_stop.of(OP))
            }
        };
        P::ran!(__etq_ended, __etq_out)
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn a_run_that_timed_out_is_followed_and_one_that_was_refused_is_not() {
    let second = std::time::Duration::from_secs(1);
    let (limit, runs, start) = (
        etiquette::RateLimit::new(10, second),
        Cell::new(0),
        Instant::now(),
    );
    assert_eq!(stacked(&limit, &runs, 1).await, (P::Ended::Body, Ok(2)));
    assert_eq!(start.elapsed(), ms(30));
    let (limit, runs) = (etiquette::RateLimit::new(2, second), Cell::new(0));
    let (ended, out) = stacked(&limit, &runs, 9).await;
    // The third was refused: no fourth, and the first error is the answer.
    assert_eq!((ended, runs.get()), (P::Ended::TimedOut, 2));
    assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_timeout()));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_run_is_not_followed() {
    let runs = Cell::new(0);
    let (_, out) = P::hedge(OP, P::limit(ms(50)), 3u32, P::NoBudget, || async {
        runs.set(runs.get() + 1);
        let __etq_out: Result<(), Error> = Err(Stopped::from(Cancelled::new("x")).into());
        P::ran!(P::Ended::Body, __etq_out)
    })
    .await;
    assert!(out.is_err());
    assert_eq!(runs.get(), 1);
}
