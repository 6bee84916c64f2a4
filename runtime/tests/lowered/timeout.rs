//! `#[with_timeout]` alone.

use std::time::Duration;

use etiquette::{__private as P, TimeoutKind};
use tokio::time::{Instant, sleep};

use crate::{Error, is_send, ms};

const OP: &str = concat!(module_path!(), "::limited");

async fn limited(limit: Duration, work: Duration) -> Result<u32, Error> {
    match P::with_timeout(P::limit(limit), async {
        sleep(work).await;
        Ok(7)
    })
    .await
    {
        Ok(__etq_out) => __etq_out,
        Err(__etq_stop) => P::stopped::<Result<u32, Error>>(__etq_stop.of(OP, P::TimeoutKind::Call, 1)),
    }
}

#[tokio::test(start_paused = true)]
async fn stops_at_the_limit_and_says_so() {
    let start = Instant::now();
    let error = is_send(limited(ms(50), ms(80))).await.unwrap_err();
    assert_eq!(start.elapsed(), ms(50));
    let Error::Stopped(stop) = error else {
        panic!("{error:?}")
    };
    assert_eq!(stop.operation(), "lowered::timeout::limited");
    assert_eq!(stop.to_string(), "limited timed out after 50ms");
}

#[tokio::test(start_paused = true)]
async fn a_body_in_time_is_left_alone() {
    assert_eq!(limited(ms(80), ms(50)).await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn until_takes_any_instant() {
    async fn until(at: Option<std::time::Instant>) -> Result<u32, Error> {
        match P::with_timeout(P::deadline(at), std::future::pending()).await {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => P::stopped::<Result<u32, Error>>(__etq_stop.of(OP, P::TimeoutKind::Call, 1)),
        }
    }
    let at = (Instant::now() + ms(30)).into_std();
    let error = until(Some(at)).await.unwrap_err();
    assert_eq!(error, {
        let mut stop = etiquette::TimedOut::new(OP, None);
        stop.kind = TimeoutKind::Call;
        Error::Stopped(stop.into())
    });
}

#[tokio::test(start_paused = true)]
async fn error_and_or_return_replace_the_conversion() {
    async fn mapped() -> Result<(), String> {
        match P::with_timeout(P::limit(ms(1)), std::future::pending()).await {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => {
                P::mapped::<Result<(), String>, _, _>(__etq_stop.of(OP, P::TimeoutKind::Call, 1), |stop| {
                    stop.to_string()
                })
            }
        }
    }
    async fn returned(fallback: &str) -> &str {
        match P::with_timeout(P::limit(ms(1)), std::future::pending()).await {
            Ok(__etq_out) => __etq_out,
            Err(_) => fallback,
        }
    }
    assert_eq!(mapped().await, Err("limited timed out after 1ms".into()));
    assert_eq!(returned("late").await, "late");
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "limited timed out after 1ms")]
async fn a_test_that_is_stopped_panics_with_the_text() {
    match P::with_timeout(P::limit(ms(1)), std::future::pending::<()>()).await {
        Ok(()) => {}
        Err(__etq_stop) => P::panic_stopped(__etq_stop.of(OP, P::TimeoutKind::Call, 1)),
    }
}
