//! What the span of `#[instrument_task]` records of a retry below it.

use crate::recorder::Recorder;
use crate::support::{Error, Runs, ms, secs, sleep};
use etiquette::{instrument_task, retry};

#[tokio::test(start_paused = true)]
async fn attempts_are_recorded_as_they_happen() {
    #[instrument_task]
    #[retry(attempts = 3, constant(10ms), jitter = none)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        tracing::info!("run");
        Err(Error::Busy)
    }
    let recorder = Recorder::install();
    let runs = Runs::default();
    tokio::select! {
        _ = call(&runs) => unreachable!(),
        () = sleep(ms(15)) => {}
    }
    // Also of a call that never came to its end.
    assert_eq!(
        recorder.span().recorded,
        ["attempts=1", "attempts=2", "outcome=dropped", "elapsed=15ms"]
    );
    let _ = call(&runs).await;
    let spans = recorder.spans();
    assert_eq!(
        spans[1].recorded,
        [
            "attempts=1",
            "attempts=2",
            "attempts=3",
            "gave_up=attempts",
            "outcome=error",
            "elapsed=20ms"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn why_it_stopped_is_on_the_span() {
    static EMPTY: etiquette::RetryBudget = etiquette::RetryBudget::new().capacity(0);
    #[instrument_task]
    #[retry(attempts = 2, constant(10ms), jitter = none, max_elapsed = limit, budget = none)]
    async fn call(
        limit: std::time::Duration,
        mut_errors: &std::cell::RefCell<Vec<Error>>,
    ) -> Result<(), Error> {
        mut_errors.borrow_mut().pop().map_or(Ok(()), Err)
    }
    #[instrument_task]
    #[retry(budget = &EMPTY)]
    async fn without_budget() -> Result<(), Error> {
        Err(Error::Busy)
    }
    let why = async |limit, errors: Vec<Error>| {
        let recorder = Recorder::install();
        let _ = call(limit, &std::cell::RefCell::new(errors)).await;
        recorder.span().fields.get("gave_up").cloned().unwrap_or_default()
    };
    assert_eq!(why(secs(1), vec![]).await, "");
    assert_eq!(why(secs(1), vec![Error::Busy]).await, "");
    assert_eq!(why(secs(1), vec![Error::Busy, Error::Busy]).await, "attempts");
    assert_eq!(why(secs(1), vec![Error::Bad]).await, "permanent");
    assert_eq!(why(secs(1), vec![Error::Later(secs(2))]).await, "hint");
    assert_eq!(why(ms(9), vec![Error::Busy]).await, "elapsed");
    let recorder = Recorder::install();
    let _ = without_budget().await;
    assert_eq!(recorder.span().fields["gave_up"], "budget");
}
