//! How the span of `#[instrument_task]` says that the call ended.

use crate::recorder::Recorder;
use crate::support::{Error, cancelled_after, ms, pending, sleep};
use etiquette::{Cancelled, Stopped, cancellable, instrument_task, with_timeout};
use std::future::Future;
use tokio_util::sync::CancellationToken;

#[instrument_task]
async fn plain(_secret: &str, wait: u64) -> Result<u32, Error> {
    sleep(ms(wait)).await;
    Ok(7)
}

/// The outcome and the elapsed time that one call recorded.
async fn outcome<F: Future>(call: F) -> (String, String) {
    let recorder = Recorder::install();
    call.await;
    let span = recorder.span();
    assert!(span.closed);
    assert_eq!(span.entered, 0);
    (span.outcome().to_owned(), span.fields["elapsed"].clone())
}

fn ended(outcome: &str, elapsed: &str) -> (String, String) {
    (outcome.to_owned(), elapsed.to_owned())
}

#[tokio::test(start_paused = true)]
async fn the_outcome_is_ok_or_error() {
    #[instrument_task]
    async fn call<T>(out: T) -> T {
        sleep(ms(3)).await;
        out
    }
    #[instrument_task]
    async fn result(out: Result<u32, Error>) -> Result<u32, Error> {
        sleep(ms(3)).await;
        out
    }
    assert_eq!(outcome(result(Ok(7))).await, ended("ok", "3ms"));
    assert_eq!(outcome(result(Err(Error::Bad))).await, ended("error", "3ms"));
    assert_eq!(outcome(call(7)).await, ended("ok", "3ms"));
    assert_eq!(outcome(call(None::<u8>)).await, ended("ok", "3ms"));
}

#[tokio::test(start_paused = true)]
async fn the_outcome_is_timed_out_or_cancelled_by_the_layers_not_by_the_value() {
    #[instrument_task]
    #[with_timeout(20ms, or_return = Ok(7))]
    async fn timed_out() -> Result<u32, Error> {
        pending().await
    }
    #[instrument_task]
    #[cancellable(or_return = Ok(7))]
    async fn cancelled(token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[instrument_task]
    #[cancellable]
    async fn unit(token: CancellationToken) {
        pending().await
    }
    assert_eq!(outcome(timed_out()).await, ended("timed_out", "20ms"));
    assert_eq!(
        outcome(cancelled(cancelled_after(10))).await,
        ended("cancelled", "10ms")
    );
    assert_eq!(
        outcome(unit(cancelled_after(10))).await,
        ended("cancelled", "10ms")
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_of_class_cancelled_is_a_cancellation() {
    #[instrument_task]
    async fn call() -> Result<(), Error> {
        Err(Stopped::from(Cancelled::new("inner")).into())
    }
    #[instrument_task]
    async fn of_anyhow() -> anyhow::Result<()> {
        Err(anyhow::Error::new(Stopped::from(Cancelled::new("inner"))).context("outer"))
    }
    assert_eq!(outcome(call()).await, ended("cancelled", "0ns"));
    assert_eq!(outcome(of_anyhow()).await, ended("cancelled", "0ns"));
}

#[tokio::test(start_paused = true)]
async fn a_future_dropped_before_its_end_is_dropped() {
    let recorder = Recorder::install();
    assert!(tokio::time::timeout(ms(20), plain("", 50)).await.is_err());
    let span = recorder.span();
    assert_eq!(span.recorded, ["outcome=dropped", "elapsed=20ms"]);
    assert!(span.closed);
}

#[tokio::test(start_paused = true)]
async fn a_future_that_was_never_polled_has_no_span() {
    let recorder = Recorder::install();
    drop(plain("", 50));
    assert!(recorder.spans().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_panics_is_panicked() {
    #[instrument_task]
    async fn call() -> Result<(), Error> {
        sleep(ms(5)).await;
        panic!("the test's own");
    }
    let recorder = Recorder::install();
    assert!(tokio::spawn(call()).await.unwrap_err().is_panic());
    let span = recorder.span();
    assert_eq!(span.recorded, ["outcome=panicked", "elapsed=5ms"]);
    assert!(span.closed);
    assert_eq!(span.entered, 0);
}

/// Dropped because of a panic elsewhere: it did nothing wrong.
#[tokio::test(start_paused = true)]
async fn a_future_dropped_by_a_panic_elsewhere_is_dropped() {
    let recorder = Recorder::install();
    let task = tokio::spawn(async {
        let call = Box::pin(plain("", 50));
        tokio::select! {
            _ = call => unreachable!(),
            () = sleep(ms(5)) => panic!("the test's own"),
        }
    });
    assert!(task.await.unwrap_err().is_panic());
    assert_eq!(recorder.span().recorded, ["outcome=dropped", "elapsed=5ms"]);
}
