//! `#[hedge]` among other layers, and the budget that it draws on.

use crate::recorder::Recorder;
use crate::support::{Error, Runs, ms, pending, sleep, stop_of, timed};
use etiquette::{
    KeyedRetryBudget, RetryBudget, TimeoutKind, cancellable, concurrency_limit, fallback, hedge,
    instrument_task, retry, testing, with_timeout,
};
use tokio_util::sync::CancellationToken;

/// The first run never ends, the second is done in 20 ms.
async fn second(runs: &Runs) -> Result<u32, Error> {
    match runs.next() {
        1 => pending().await,
        run => {
            sleep(ms(20)).await;
            Ok(run)
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_further_run_costs_what_a_retry_costs() {
    #[hedge(after = 50ms, attempts = 3, budget = budget)]
    async fn call(budget: &RetryBudget, runs: &Runs, good: u32) -> Result<u32, Error> {
        match runs.next() {
            run if run == good => Ok(run),
            _ => Err(Error::Busy),
        }
    }
    let budget = RetryBudget::new().capacity(100).refill_per_second(0);
    for (good, tokens) in [(9, 90), (1, 91), (2, 91), (3, 86)] {
        let _ = call(&budget, &Runs::new(), good).await;
        assert_eq!(budget.tokens(), tokens, "good at run {good}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_pays_for_no_further_run() {
    #[hedge(after = 50ms, budget = &BUDGET)]
    async fn call() -> Result<u32, Error> {
        sleep(ms(200)).await;
        Ok(1)
    }
    static BUDGET: RetryBudget = RetryBudget::new().capacity(4).refill_per_second(0);
    let layers = testing::Recorder::install();
    assert_eq!(timed(call()).await, (Ok(1), ms(200)));
    layers.assert_eq(["call: retry budget exhausted"]);
}

#[tokio::test(start_paused = true)]
async fn by_default_a_function_has_a_budget_of_its_own() {
    #[hedge(after = 50ms)]
    async fn call() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let layers = testing::Recorder::install();
    for _ in 0..200 {
        let _ = call().await;
    }
    let hedges = layers.of("call").tally();
    assert_eq!(hedges["hedge: run 2, as one failed"], 500 / 5);
    assert_eq!(hedges["retry budget exhausted"], 1);
}

#[tokio::test(start_paused = true)]
async fn each_key_has_a_bucket() {
    static KEYS: KeyedRetryBudget = KeyedRetryBudget::new().capacity(10).refill_per_second(0);
    #[hedge(after = 50ms, budget = &KEYS, key = host)]
    async fn call(host: &str) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let layers = testing::Recorder::install();
    for host in ["a", "a", "a", "b"] {
        let _ = call(host).await;
    }
    assert_eq!((KEYS.tokens("a"), KEYS.tokens("b")), (0, 5));
    layers.of("call").assert_eq([
        "hedge: run 2, as one failed",
        "hedge: run 2, as one failed",
        "retry budget exhausted",
        "hedge: run 2, as one failed",
    ]);
}

#[tokio::test(start_paused = true)]
async fn a_retry_below_draws_on_the_same_budget_when_it_says_so() {
    static BUDGET: RetryBudget = RetryBudget::new().capacity(100).refill_per_second(0);
    #[hedge(after = 50ms, budget = &BUDGET)]
    #[retry(attempts = 2, constant(10ms), jitter = none, budget = &BUDGET)]
    async fn call() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let layers = testing::Recorder::install();
    assert_eq!(timed(call()).await, (Err(Error::Busy), ms(20)));
    // A retry in the first run, the second run, and its retry.
    layers.of("call").assert_at([
        (0, "attempt 1"),
        (0, "retry in 10ms after error: busy"),
        (10, "attempt 2"),
        (10, "gave up after attempt 2: attempts"),
        (10, "hedge: run 2, as one failed"),
        (10, "attempt 1"),
        (10, "retry in 10ms after error: busy"),
        (20, "attempt 2"),
        (20, "gave up after attempt 2: attempts"),
    ]);
    assert_eq!(BUDGET.tokens(), 85);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_above_limits_all_runs_and_one_below_each() {
    #[with_timeout(120ms)]
    #[hedge(after = 50ms, budget = none)]
    async fn all() -> Result<u32, Error> {
        pending().await
    }
    #[hedge(after = 50ms, budget = none)]
    #[with_timeout(120ms)]
    async fn each() -> Result<u32, Error> {
        pending().await
    }
    #[hedge(after = 50ms, budget = none)]
    #[with_timeout(30ms)]
    async fn early(runs: &Runs) -> Result<u32, Error> {
        second(runs).await
    }
    #[with_timeout(100ms)]
    #[hedge(after = 50ms, budget = none)]
    #[with_timeout(80ms)]
    async fn both() -> Result<u32, Error> {
        pending().await
    }
    let layers = testing::Recorder::install();
    let (out, took) = timed(all()).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!(took, ms(120));
    layers.of("all").assert_at([
        (50, "hedge: run 2, as it takes long"),
        (120, "timed out after 120ms (call)"),
    ]);
    layers.clear();
    let (out, took) = timed(each()).await;
    let etiquette::Stopped::TimedOut(stop) = stop_of(out) else {
        panic!()
    };
    assert_eq!((stop.kind, took), (TimeoutKind::Call, ms(170)));
    layers.of("each").assert_at([
        (50, "hedge: run 2, as it takes long"),
        (120, "timed out after 120ms (call)"),
        (170, "timed out after 120ms (call)"),
    ]);
    // A run that timed out is followed at once, as any that failed.
    assert_eq!(timed(early(&Runs::new())).await, (Ok(2), ms(50)));
    let (out, took) = timed(both()).await;
    assert_eq!(
        (stop_of(out).to_string(), took),
        ("both timed out after 100ms".to_owned(), ms(100))
    );
}

#[tokio::test(start_paused = true)]
async fn a_retry_above_sees_how_the_runs_ended() {
    #[retry(attempts = 3, constant(10ms), budget = none, retry_timeouts = false)]
    #[hedge(after = 50ms, budget = none)]
    #[with_timeout(120ms, attempt)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    let runs = Runs::new();
    let (out, took) = timed(call(&runs)).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!((took, runs.count()), (ms(170), 2));
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_above_ends_all_runs() {
    #[cancellable]
    #[hedge(after = 50ms, budget = none)]
    async fn call(token: CancellationToken, runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    let runs = Runs::new();
    let (out, took) = timed(call(crate::support::cancelled_after(70), &runs)).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!((took, runs.count()), (ms(70), 2));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_refused_is_not_followed() {
    static BUDGET: RetryBudget = RetryBudget::new().capacity(100).refill_per_second(0);
    #[hedge(after = 50ms, attempts = 5, budget = &BUDGET)]
    #[concurrency_limit(1, wait = none)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        sleep(ms(200)).await;
        Ok(1)
    }
    let runs = Runs::new();
    // the further run finds the slot taken; the first goes on, and no third one is paid for.
    assert_eq!(timed(call(&runs)).await, (Ok(1), ms(200)));
    assert_eq!((runs.count(), BUDGET.tokens()), (1, 95));
    let (one, two) = tokio::join!(call(&runs), timed(call(&runs)));
    assert_eq!((one, two.1), (Ok(1), ms(0)));
    assert!(stop_of(two.0).is_refusal());
}

#[tokio::test(start_paused = true)]
async fn a_run_whose_body_was_refused_is_not_followed() {
    #[concurrency_limit(1, wait = none)]
    async fn inner(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        sleep(ms(200)).await;
        Ok(1)
    }
    #[hedge(after = 500ms, attempts = 5, budget = none)]
    async fn call(inside: &Runs, outside: &Runs) -> Result<u32, Error> {
        outside.next();
        inner(inside).await
    }
    let (inside, outside) = (Runs::new(), Runs::new());
    // The second finds the only slot taken: another run at once would find the same.
    let (one, two) = tokio::join!(call(&inside, &outside), timed(call(&inside, &outside)));
    assert_eq!((one, two.1), (Ok(1), ms(0)));
    assert!(stop_of(two.0).is_refusal());
    assert_eq!((inside.count(), outside.count()), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_fallback_above_sees_one_error() {
    #[fallback(with = |error| { asked.next(); if error == Error::Bad { Ok(7) } else { Err(error) } })]
    #[hedge(after = 50ms, budget = none)]
    async fn call(runs: &Runs, asked: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Bad),
            _ => Err(Error::Busy),
        }
    }
    let (runs, asked) = (Runs::new(), Runs::new());
    assert_eq!(call(&runs, &asked).await, Ok(7));
    assert_eq!((runs.count(), asked.count()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn one_span_above_for_the_call_and_one_below_for_each_run() {
    #[instrument_task(name = "call")]
    #[hedge(after = 50ms, budget = none)]
    #[instrument_task(name = "run")]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        second(runs).await
    }
    let recorder = Recorder::install();
    assert_eq!(call(&Runs::new()).await, Ok(2));
    let spans = recorder.spans();
    let seen: Vec<_> = spans
        .iter()
        .map(|span| (span.name.as_str(), span.outcome()))
        .collect();
    assert_eq!(seen, [("call", "ok"), ("run", "dropped"), ("run", "ok")]);
    assert!(spans[1..].iter().all(|run| run.parent == Some(spans[0].id)));
}
