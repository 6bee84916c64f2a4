//! `#[retry]` alone.

use std::{
    rc::Rc,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use etiquette::{__private as P, Attempt, RetryBudget, RetryPolicy, Retrying};
use tokio::time::Instant;

use crate::{Error, is_send, ms};

const OP: &str = "lowered::retry::fetch";

#[tokio::test(start_paused = true)]
async fn keeps_clones_shows_the_attempt_and_tells_the_observer() {
    static SEEN: AtomicU32 = AtomicU32::new(0);
    fn seen(event: &Retrying<'_, Error>) {
        assert_eq!((event.operation, event.of, event.delay), (OP, Some(3), ms(20)));
        assert_eq!(event.error, &Error::Busy);
        assert_eq!(event.elapsed, ms(20) * (event.attempt - 1));
        SEEN.fetch_add(event.attempt, Relaxed);
    }
    async fn fetch(req: String) -> Result<(String, Attempt), Error> {
        {
            let mut __etq_retry = P::Retry::new(
                || {
                    P::Plan::new(OP, P::attempts(3u32), P::Constant::new(ms(20)))
                        .jitter(P::Jitter::None)
                        .max_hint(ms(100))
                },
                P::Own(|| {
                    static BUDGET: P::RetryBudget = P::RetryBudget::new();
                    &BUDGET
                }),
            )
            .max_elapsed(Some(ms(500)))
            .timed();
            let mut __etq_keep_req = P::Keep::new(req);
            loop {
                {
                    let at = __etq_retry.attempt();
                    let mut req = __etq_keep_req.next(__etq_retry.is_last());
                    let __etq_out: Result<(String, Attempt), Error> = async {
                        if at.is_last {
                            Ok((req, at))
                        } else {
                            Err(Error::Busy)
                        }
                    }
                    .await;
                    let __etq_out = match P::settle!(__etq_retry, __etq_out) {
                        Ok(__etq_out) => break __etq_out.into_return(),
                        Err(__etq_out) => __etq_out,
                    };
                    let __etq_verdict = P::transient::<Result<(String, Attempt), Error>>(&__etq_out);
                    if !__etq_retry.again(__etq_verdict) {
                        break __etq_out;
                    }
                    P::retry_event!(__etq_retry, &__etq_out);
                    P::observe(seen, &__etq_retry.event(P::error_of(&__etq_out)));
                }
                P::pause(__etq_retry.delay()).await;
            }
        }
    }
    let (req, at) = is_send(fetch("ada".into())).await.unwrap();
    assert_eq!(req, "ada");
    assert_eq!(
        (at.number, at.of, at.is_last, at.elapsed),
        (3, Some(3), true, ms(40))
    );
    assert_eq!(SEEN.load(Relaxed), 1 + 2);
}

/// The shortest loop: three attempts, each judged and paused as given.
macro_rules! retried {
    ($retry:expr, $ret:ty, $body:expr, |$out:ident| $judge:expr) => {{
        let mut __etq_retry = $retry;
        loop {
            {
                let __etq_out: $ret = async { $body }.await;
                let $out = &__etq_out;
                let __etq_verdict: P::Verdict = $judge;
                if !__etq_retry.again(__etq_verdict) {
                    break (__etq_out, __etq_retry.why());
                }
                P::retry_event!(__etq_retry, &__etq_out);
            }
            P::pause(__etq_retry.delay()).await;
        }
    }};
}

fn free(attempts: i32) -> P::Retry<P::Plan<P::Delays<1>>, P::NoBudget> {
    P::Retry::new(
        P::Plan::new(OP, P::attempts(attempts), P::Delays::new([ms(1)])),
        P::NoBudget,
    )
}

#[tokio::test(start_paused = true)]
async fn every_judge() {
    let mut runs = 0;
    let (out, why) = retried!(free(3), Result<(), Error>, { runs += 1; Err(Error::Busy) },
        |out| P::any_error!(out));
    assert_eq!((out, why, runs), (Err(Error::Busy), "attempts", 3));

    let cancelled = || Error::Stopped(etiquette::Cancelled::new(OP).into());
    let (_, why) = retried!(free(3), Result<(), Error>, Err(cancelled()), |out| P::any_error!(out));
    assert_eq!(why, "permanent", "who was asked to leave does not come back");
    let (_, why) = retried!(free(3), Result<(), Error>, Err(cancelled()), |out| P::when!(out, |_| true));
    assert_eq!(why, "permanent");

    let (_, why) =
        retried!(free(3), Result<(), Error>, Err(Error::Busy), |out| P::not_sent::<Result<(), Error>>(out));
    assert_eq!(why, "permanent");
    let (_, why) = retried!(free(2), Result<(), std::io::Error>,
        Err(std::io::ErrorKind::ConnectionRefused.into()),
        |out| P::not_sent::<Result<(), std::io::Error>>(out));
    assert_eq!(why, "attempts");

    // The type of `e` is inferred; a `Class` does as well as a `bool`.
    let (_, why) = retried!(free(2), Result<(), Error>, Err(Error::Gone),
        |out| P::when!(out, |e| matches!(e, Error::Gone)));
    assert_eq!(why, "attempts");
    let (_, why) = retried!(
        free(2),
        anyhow::Result<()>,
        Err(anyhow::anyhow!("no")),
        |out| P::when!(out, |e| etiquette::classify_chain(e.as_ref()))
    );
    assert_eq!(why, "permanent");

    let mut left = 2;
    let (out, why) = retried!(
        free(5),
        Option<u8>,
        {
            left -= 1;
            (left == 0).then_some(9)
        },
        |out| P::when_result!(out, |value| value.is_none())
    );
    assert_eq!((out, why), (Some(9), ""));

    let (_, why) = retried!(free(2), Result<(), Error>, Err(Error::Gone),
        |_out| P::judge_stop(P::Ended::TimedOut, true, false));
    assert_eq!(why, "attempts");
    let (_, why) = retried!(free(2), Result<(), Error>, Err(Error::Busy),
        |_out| P::judge_stop(P::Ended::Refused, true, false));
    assert_eq!(why, "permanent");
}

#[tokio::test(start_paused = true)]
async fn a_policy_by_value_and_by_reference() {
    const HTTP: RetryPolicy = RetryPolicy::new().attempts(2).delays([ms(10), ms(20)]);
    for expected in [10, 30] {
        let policy = HTTP.attempts(if expected == 10 { 2 } else { 3 });
        let start = Instant::now();
        let (_, why) = retried!(P::Retry::with_policy(OP, &policy, P::NoBudget),
            Result<(), Error>, Err(Error::Busy), |out| P::any_error!(out));
        assert_eq!((why, start.elapsed()), ("attempts", ms(expected)));
    }
    let (_, why) = retried!(P::Retry::with_policy(OP, HTTP, P::NoBudget),
        Result<(), Error>, Ok(()), |out| P::any_error!(out));
    assert_eq!(why, "");
}

#[tokio::test(start_paused = true)]
async fn every_schedule_and_budget() {
    static MINE: RetryBudget = RetryBudget::new().capacity(7);
    let key = String::from("db-1");
    let keyed = || {
        P::Keyed::new(
            {
                static B: P::KeyedRetryBudget = P::KeyedRetryBudget::new();
                &B
            },
            &key,
        )
    };
    let out = retried!(
        P::Retry::new(P::Plan::new(OP, P::attempts(3u8), P::Exponential::new(ms(1), 2u8, ms(9))), P::Shared(&MINE)),
        Result<(), Error>, Err(Error::Busy), |out| P::any_error!(out));
    assert_eq!(out.1, "budget");
    let out = retried!(
        P::Retry::new(P::Plan::new(OP, P::Attempts::FOREVER, P::Backoff::new(|n| ms(n.into()))), keyed()).max_elapsed(ms(10)),
        Result<(), Error>, Err(Error::Busy), |out| P::any_error!(out));
    assert_eq!(out.1, "elapsed", "1 + 2 + 3 + 4 ms, and 5 more would be too late");
}

#[tokio::test(start_paused = true)]
async fn an_error_that_is_not_send_leaves_the_future_send() {
    async fn fetch(n: u32) -> Result<u32, Rc<str>> {
        {
            let mut __etq_retry = P::Retry::new(
                P::Plan::new(OP, P::attempts(n), P::Constant::new(ms(1))),
                P::NoBudget,
            );
            loop {
                {
                    let __etq_out: Result<u32, Rc<str>> = async { Err("no".into()) }.await;
                    let __etq_verdict = P::any_error!(&__etq_out);
                    if !__etq_retry.again(__etq_verdict) {
                        break __etq_out;
                    }
                    P::retry_event!(__etq_retry, &__etq_out);
                }
                P::pause(__etq_retry.delay()).await;
            }
        }
    }
    assert_eq!(&*is_send(fetch(2)).await.unwrap_err(), "no");
}
