//! A body, a hook or a mapper that panics leaves nothing behind.

use crate::recorder::Recorder;
use crate::support::{Counted, Error, Runs, ms, pending, sleep};
use etiquette::{RetryBudget, cancellable, instrument_task, retry, with_timeout};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

// H76
#[tokio::test(start_paused = true)]
async fn a_body_that_panics_in_any_run() {
    #[instrument_task]
    #[cancellable]
    #[with_timeout(10s, total)]
    #[retry(attempts = 3, constant(20ms), jitter = none, budget = &budget, clone(held))]
    #[with_timeout(30ms, attempt)]
    async fn call(
        token: CancellationToken,
        held: Counted,
        budget: Arc<RetryBudget>,
        bad_run: u32,
        runs: Arc<Runs>,
    ) -> Result<u32, Error> {
        let _inside = held;
        sleep(ms(1)).await;
        assert_ne!(runs.next(), bad_run, "the test's own panic");
        Err(Error::Busy)
    }
    for bad_run in 1..=3 {
        let recorder = Recorder::install();
        let held = Counted::default();
        let budget = Arc::new(RetryBudget::new().refill_per_second(0));
        let task = tokio::spawn(call(
            CancellationToken::new(),
            held.clone(),
            budget.clone(),
            bad_run,
            Arc::default(),
        ));
        assert!(task.await.unwrap_err().is_panic());
        assert_eq!((held.others(), budget.tokens()), (0, 500 - 5 * (bad_run - 1)));
        let span = recorder.span();
        assert_eq!((span.outcome(), span.entered, span.closed), ("panicked", 0, true));
    }
}

#[tokio::test(start_paused = true)]
async fn a_hook_that_panics_or_a_mapper_that_does() {
    #[retry(attempts = 3, constant(0s), budget = &budget, clone(held), on_retry = |_| panic!("the test's own"))]
    async fn hook(held: Counted, budget: Arc<RetryBudget>) -> Result<u32, Error> {
        let _inside = held;
        Err(Error::Busy)
    }
    #[retry(attempts = 3, constant(0s), budget = &budget, clone(held), on_retry = |_| { sleep(ms(1)).await; panic!("the test's own") })]
    async fn awaiting_hook(held: Counted, budget: Arc<RetryBudget>) -> Result<u32, Error> {
        let _inside = held;
        Err(Error::Busy)
    }
    #[with_timeout(5ms, error = |_| panic!("the test's own"))]
    async fn mapper(held: Counted) -> Result<u32, Error> {
        let _inside = held;
        pending().await
    }
    let (held, budget) = (Counted::default(), Arc::new(RetryBudget::new()));
    assert!(
        tokio::spawn(hook(held.clone(), budget.clone()))
            .await
            .unwrap_err()
            .is_panic()
    );
    assert_eq!((held.others(), budget.tokens()), (0, 500));
    assert!(
        tokio::spawn(awaiting_hook(held.clone(), budget.clone()))
            .await
            .unwrap_err()
            .is_panic()
    );
    assert_eq!((held.others(), budget.tokens()), (0, 500));
    assert!(tokio::spawn(mapper(held.clone())).await.unwrap_err().is_panic());
    assert_eq!(held.others(), 0);
}
