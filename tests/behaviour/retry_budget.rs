//! The retry budget in exact numbers: capacity 500, 5 a retry, 10 after a timeout, refunds, refill, exhaustion.

use crate::recorder::Recorder;
use crate::support::{Error, Runs, ms, pending, secs, sleep, timed};
use etiquette::{RetryBudget, retry, with_timeout};

/// Fails as often as `failures` says, then succeeds.
#[retry(attempts = 4, constant(0s), budget = budget)]
async fn fetch(budget: &RetryBudget, runs: &Runs, failures: u32) -> Result<u32, Error> {
    match runs.next() {
        run if run <= failures => Err(Error::Busy),
        run => Ok(run),
    }
}

async fn failing(budget: &RetryBudget, failures: u32) -> (Result<u32, Error>, u32) {
    let runs = Runs::default();
    (fetch(budget, &runs, failures).await, runs.count())
}

/// Uses up what there is, no time passing, but for less than a retry costs.
async fn drain(budget: &RetryBudget) {
    while budget.tokens() >= 5 {
        assert_eq!(failing(budget, 9).await.0, Err(Error::Busy));
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_costs_5_of_500() {
    let budget = RetryBudget::new();
    assert_eq!(budget.tokens(), 500);
    assert_eq!(failing(&budget, 9).await, (Err(Error::Busy), 4));
    assert_eq!(budget.tokens(), 500 - 3 * 5);
}

#[tokio::test(start_paused = true)]
async fn a_retry_is_refunded_when_it_succeeds() {
    let budget = RetryBudget::new();
    assert_eq!(failing(&budget, 1).await, (Ok(2), 2));
    assert_eq!(budget.tokens(), 500);
    // Of three retries only the last one succeeded.
    assert_eq!(failing(&budget, 3).await, (Ok(4), 4));
    assert_eq!(budget.tokens(), 500 - 2 * 5);
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_a_timeout_costs_10() {
    #[retry(attempts = 3, constant(0s), budget = budget)]
    #[with_timeout(limit, attempt)]
    async fn call(
        budget: &RetryBudget,
        limit: std::time::Duration,
        runs: &Runs,
        good: u32,
    ) -> Result<u32, Error> {
        match runs.next() {
            run if run == good => Ok(run),
            _ => pending().await,
        }
    }
    let budget = RetryBudget::new().refill_per_second(0);
    assert!(call(&budget, ms(5), &Runs::default(), 9).await.is_err());
    assert_eq!(budget.tokens(), 500 - 2 * 10);
    assert_eq!(call(&budget, ms(5), &Runs::default(), 2).await, Ok(2));
    assert_eq!(budget.tokens(), 500 - 2 * 10);
}

#[tokio::test(start_paused = true)]
async fn a_success_at_first_try_adds_1_when_below_capacity() {
    let budget = RetryBudget::new();
    assert_eq!(failing(&budget, 0).await, (Ok(1), 1));
    assert_eq!(budget.tokens(), 500);
    let _ = failing(&budget, 9).await;
    assert_eq!(failing(&budget, 0).await, (Ok(1), 1));
    assert_eq!(failing(&budget, 0).await, (Ok(1), 1));
    assert_eq!(budget.tokens(), 485 + 2);
    for _ in 0..20 {
        failing(&budget, 0).await.0.unwrap();
    }
    assert_eq!(budget.tokens(), 500);
}

#[tokio::test(start_paused = true)]
async fn time_refills_50_a_second_up_to_the_capacity() {
    let budget = RetryBudget::new();
    drain(&budget).await;
    assert_eq!(budget.tokens(), 0);
    sleep(ms(19)).await;
    assert_eq!(budget.tokens(), 0);
    sleep(ms(1)).await;
    assert_eq!(budget.tokens(), 1);
    sleep(ms(980)).await;
    assert_eq!(budget.tokens(), 50);
    sleep(secs(8)).await;
    assert_eq!(budget.tokens(), 450);
    sleep(secs(100)).await;
    assert_eq!(budget.tokens(), 500);
}

#[tokio::test(start_paused = true)]
async fn refill_loses_nothing_to_frequent_asking() {
    let budget = RetryBudget::new();
    drain(&budget).await;
    // Refused every millisecond, of which twenty make a token.
    for _ in 0..99 {
        sleep(ms(1)).await;
        assert_eq!(failing(&budget, 9).await, (Err(Error::Busy), 1));
    }
    assert_eq!(budget.tokens(), 4);
    sleep(ms(1)).await;
    assert_eq!(failing(&budget, 9).await, (Err(Error::Busy), 2));
    assert_eq!(budget.tokens(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_makes_failures_final_at_once() {
    #[retry(attempts = 4, constant(1s), budget = budget)]
    async fn slow(budget: &RetryBudget) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let budget = RetryBudget::new();
    drain(&budget).await;
    assert_eq!(failing(&budget, 9).await, (Err(Error::Busy), 1));
    assert_eq!(timed(slow(&budget)).await, (Err(Error::Busy), ms(0)));
    assert_eq!(failing(&budget, 0).await, (Ok(1), 1));
    assert_eq!(budget.tokens(), 1);
    sleep(ms(80)).await;
    // 5 again: one retry.
    assert_eq!(failing(&budget, 9).await, (Err(Error::Busy), 2));
    assert_eq!(budget.tokens(), 0);
}

#[tokio::test(start_paused = true)]
async fn exhaustion_warns_once_per_episode() {
    let recorder = Recorder::install();
    let warnings = || {
        let events = recorder.events();
        events
            .iter()
            .filter(|event| event.message().starts_with("retry budget exhausted"))
            .count()
    };
    let budget = RetryBudget::new();
    for _ in 0..33 {
        let _ = failing(&budget, 9).await;
    }
    assert_eq!((budget.tokens(), warnings()), (5, 0));
    for _ in 0..3 {
        let _ = failing(&budget, 9).await;
    }
    assert_eq!(warnings(), 1);
    // A little more is the same episode; half full again is the end of it.
    sleep(secs(1)).await;
    drain(&budget).await;
    let _ = failing(&budget, 9).await;
    assert_eq!(warnings(), 1);
    sleep(secs(5)).await;
    drain(&budget).await;
    let _ = failing(&budget, 9).await;
    assert_eq!(warnings(), 2);
    let events = recorder.events();
    let warning = events
        .iter()
        .find(|event| event.message().starts_with("retry budget"))
        .unwrap();
    assert_eq!(
        (warning.target.as_str(), warning.level),
        ("etiquette::retry", tracing::Level::WARN)
    );
    assert_eq!(warning.fields["operation"], concat!(module_path!(), "::fetch"));
}

#[tokio::test(start_paused = true)]
async fn a_capacity_below_5_allows_no_retry() {
    let budget = RetryBudget::new().capacity(4);
    assert_eq!(failing(&budget, 1).await, (Err(Error::Busy), 1));
    let budget = RetryBudget::new().capacity(5);
    assert_eq!(failing(&budget, 1).await, (Ok(2), 2));
}

#[tokio::test(start_paused = true)]
async fn a_permanent_error_and_the_last_attempt_cost_nothing() {
    #[retry(attempts = 2, constant(0s), budget = budget)]
    async fn call(budget: &RetryBudget, error: fn() -> Error) -> Result<u32, Error> {
        Err(error())
    }
    let budget = RetryBudget::new();
    let _ = call(&budget, || Error::Bad).await;
    assert_eq!(budget.tokens(), 500);
    let _ = call(&budget, || Error::Later(secs(61))).await;
    assert_eq!(budget.tokens(), 500);
    let _ = call(&budget, || Error::Busy).await;
    assert_eq!(budget.tokens(), 495);
}
