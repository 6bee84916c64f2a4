//! `err` and `ret` of `#[instrument_task]`: the events at the end of a call.

use crate::recorder::Recorder;
use crate::support::{Error, cancelled_after, ms, pending, sleep};
use etiquette::{Cancelled, Stopped, cancellable, instrument_task, retry, with_timeout};
use std::future::Future;
use tokio_util::sync::CancellationToken;

/// The events of one call, which all happen in its span.
async fn events<F: Future>(call: F) -> Vec<String> {
    let recorder = Recorder::install();
    call.await;
    let span = recorder.span().id;
    let events = recorder.events();
    assert!(events.iter().all(|event| event.span == Some(span)), "{events:#?}");
    events.iter().map(|event| event.line()).collect()
}

fn here(line: &str) -> Vec<String> {
    vec![line.replace("HERE", module_path!())]
}

#[tokio::test(start_paused = true)]
async fn nothing_is_logged_unless_asked_for() {
    #[instrument_task]
    async fn call(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    assert!(events(call(Ok(7))).await.is_empty());
    assert!(events(call(Err(Error::Bad))).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn err_logs_an_error_by_display_at_error_level() {
    #[instrument_task(err)]
    async fn call(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    assert!(events(call(Ok(7))).await.is_empty());
    assert_eq!(
        events(call(Err(Error::Bad))).await,
        here("ERROR HERE: error=bad request")
    );
}

#[tokio::test(start_paused = true)]
async fn err_takes_a_level_and_a_format_in_any_order() {
    #[instrument_task(err(level = warn, Debug))]
    async fn both() -> Result<u32, Error> {
        Err(Error::Bad)
    }
    #[instrument_task(err(Debug, level = "debug"))]
    async fn other_order() -> Result<u32, Error> {
        Err(Error::Bad)
    }
    #[instrument_task(err(Debug))]
    async fn format() -> Result<u32, Error> {
        Err(Error::Bad)
    }
    #[instrument_task(err(level = tracing::Level::TRACE), target = "shop")]
    async fn level() -> Result<u32, Error> {
        Err(Error::Bad)
    }
    assert_eq!(events(both()).await, here("WARN HERE: error=Bad"));
    assert_eq!(events(other_order()).await, here("DEBUG HERE: error=Bad"));
    assert_eq!(events(format()).await, here("ERROR HERE: error=Bad"));
    assert_eq!(events(level()).await, here("TRACE shop: error=bad request"));
}

#[tokio::test(start_paused = true)]
async fn ret_logs_a_success_by_debug_at_info_level() {
    #[instrument_task(ret)]
    async fn result(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    #[instrument_task(ret)]
    async fn value() -> &'static str {
        "text"
    }
    #[instrument_task(ret(level = debug, Display))]
    async fn display() -> &'static str {
        "text"
    }
    assert_eq!(events(result(Ok(7))).await, here("INFO HERE: return=7"));
    assert!(events(result(Err(Error::Bad))).await.is_empty());
    assert_eq!(events(value()).await, here("INFO HERE: return=\"text\""));
    assert_eq!(events(display()).await, here("DEBUG HERE: return=text"));
}

#[tokio::test(start_paused = true)]
async fn err_and_ret_together_log_one_of_the_two() {
    #[instrument_task(ret(level = debug), err)]
    async fn call(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    assert_eq!(events(call(Ok(7))).await, here("DEBUG HERE: return=7"));
    assert_eq!(
        events(call(Err(Error::Bad))).await,
        here("ERROR HERE: error=bad request")
    );
}

#[tokio::test(start_paused = true)]
async fn err_logs_a_stop_by_a_layer_too() {
    #[instrument_task(err(Debug))]
    #[with_timeout(5ms, error = |_| Error::Bad)]
    async fn call() -> Result<u32, Error> {
        pending().await
    }
    assert_eq!(
        events(call()).await,
        [
            "DEBUG etiquette::with_timeout: timed out attempts=1 kind=call limit=5ms operation=HERE::call",
            "ERROR HERE: error=Bad"
        ]
        .map(|line| here(line).remove(0))
    );
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_is_never_logged_above_info() {
    #[instrument_task(err)]
    #[cancellable]
    async fn by_layer(token: CancellationToken) -> Result<u32, anyhow::Error> {
        pending().await
    }
    #[instrument_task(err(level = warn))]
    async fn by_class() -> Result<u32, Error> {
        Err(Stopped::from(Cancelled::new("inner")).into())
    }
    #[instrument_task(err(level = debug))]
    async fn below() -> Result<u32, Error> {
        Err(Stopped::from(Cancelled::new("inner")).into())
    }
    assert_eq!(
        events(by_layer(cancelled_after(5))).await,
        [
            "DEBUG etiquette::cancellable: cancelled operation=HERE::by_layer",
            "INFO HERE: error=by_layer was cancelled"
        ]
        .map(|line| here(line).remove(0))
    );
    assert_eq!(events(by_class()).await, here("INFO HERE: error=stopped"));
    assert_eq!(events(below()).await, here("DEBUG HERE: error=stopped"));
}

#[tokio::test(start_paused = true)]
async fn above_retry_only_the_last_error_is_logged_as_one() {
    #[instrument_task(err)]
    #[retry(attempts = 2, delays(5ms))]
    async fn call() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let seen = events(call()).await;
    let operation = concat!(module_path!(), "::call");
    let retrying =
        format!("WARN etiquette::retry: retrying attempt=1 delay=5ms error=busy operation={operation}");
    let gave_up =
        format!("ERROR etiquette::retry: gave up attempts=2 error=busy operation={operation} why=attempts");
    assert_eq!(
        seen,
        [retrying, gave_up, here("ERROR HERE: error=busy").remove(0)]
    );
}

#[tokio::test(start_paused = true)]
async fn the_last_real_error_is_logged_when_a_total_limit_cuts_a_retry() {
    #[with_timeout(25ms, total)]
    #[retry(attempts = 9, constant(10ms), jitter = none)]
    async fn call() -> Result<u32, Error> {
        sleep(ms(2)).await;
        Err(Error::Busy)
    }
    let recorder = Recorder::install();
    let _ = call().await;
    let events = recorder.events();
    let operation = concat!(module_path!(), "::call");
    assert_eq!(
        events[events.len() - 2].line(),
        format!(
            "WARN etiquette::retry: the limit passed while retrying; this was the last error attempts=3 error=busy operation={operation}"
        )
    );
    assert!(
        events
            .last()
            .unwrap()
            .line()
            .starts_with("DEBUG etiquette::with_timeout: timed out")
    );
    // No error to tell of when the first attempt was still running.
    #[with_timeout(5ms, total)]
    #[retry]
    async fn first() -> Result<u32, Error> {
        pending().await
    }
    let recorder = Recorder::install();
    let _ = first().await;
    let lines: Vec<String> = recorder.events().iter().map(|event| event.line()).collect();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("DEBUG etiquette::with_timeout: timed out"));
}
