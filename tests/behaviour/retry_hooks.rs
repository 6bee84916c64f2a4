//! `on_retry`: a path, a closure, a closure that awaits; when it is called, and what it sees.

use crate::recorder::Recorder;
use crate::support::{Error, Runs, ms, note, notes, sleep, timed};
use etiquette::{RetryBudget, Retrying, retry};
use std::cell::RefCell;
use std::time::Duration;
use tokio::time::Instant;

/// Attempt, of, delay, elapsed, error.
type Seen = (u32, Option<u32>, Duration, Duration, String);

thread_local! {
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

fn record(event: &Retrying<'_, Error>) {
    assert_eq!(event.operation, concat!(module_path!(), "::by_path"));
    let seen = (
        event.attempt,
        event.of,
        event.delay,
        event.elapsed,
        event.error.to_string(),
    );
    SEEN.with_borrow_mut(|all| all.push(seen));
}

#[tokio::test(start_paused = true)]
async fn a_path_sees_the_operation_the_attempt_the_delay_the_time_and_the_error() {
    #[retry(attempts = 3, delays(10ms, 20ms), on_retry = record)]
    async fn by_path() -> Result<(), Error> {
        sleep(ms(5)).await;
        Err(Error::Busy)
    }
    let _ = by_path().await;
    assert_eq!(
        SEEN.take(),
        [
            (1, Some(3), ms(10), ms(5), "busy".to_owned()),
            (2, Some(3), ms(20), ms(20), "busy".to_owned()),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn it_is_called_after_a_failure_that_is_retried_before_the_pause_and_not_otherwise() {
    #[retry(attempts = 3, constant(10ms), jitter = none, on_retry = |event| note(&format!("hook {}", event.attempt), ()))]
    async fn call(errors: &RefCell<Vec<Error>>) -> Result<(), Error> {
        note("run", ());
        errors.borrow_mut().pop().map_or(Ok(()), Err)
    }
    let ended = async |errors: Vec<Error>| {
        let (_, elapsed) = timed(call(&RefCell::new(errors))).await;
        (notes(), elapsed)
    };
    assert_eq!(ended(vec![]).await, ("run".to_owned(), ms(0)));
    assert_eq!(ended(vec![Error::Bad]).await, ("run".to_owned(), ms(0)));
    assert_eq!(
        ended(vec![Error::Busy]).await,
        ("run hook 1 run".to_owned(), ms(10))
    );
    let all = vec![Error::Busy, Error::Busy, Error::Busy];
    assert_eq!(ended(all).await, ("run hook 1 run hook 2 run".to_owned(), ms(20)));
}

#[tokio::test(start_paused = true)]
async fn a_closure_sees_the_arguments_and_may_return_anything() {
    #[retry(attempts = 3, constant(0s), on_retry = |event| times.push((event.attempt, *name)))]
    async fn call(times: &mut Vec<(u32, &'static str)>, name: &&'static str) -> Result<(), Error> {
        Err(Error::Busy)
    }
    let mut times = vec![];
    let _ = call(&mut times, &"orders").await;
    assert_eq!(times, [(1, "orders"), (2, "orders")]);
}

#[tokio::test(start_paused = true)]
async fn a_closure_that_awaits_is_awaited_before_the_pause() {
    #[retry(attempts = 3, constant(10ms), jitter = none, on_retry = |event| {
        sleep(ms(100)).await;
        at.borrow_mut().push((event.attempt, start.elapsed()));
    })]
    async fn call(start: Instant, at: &RefCell<Vec<(u32, Duration)>>) -> Result<(), Error> {
        Err(Error::Busy)
    }
    let at = RefCell::default();
    let (_, elapsed) = timed(call(Instant::now(), &at)).await;
    assert_eq!(at.take(), [(1, ms(100)), (2, ms(210))]);
    assert_eq!(elapsed, ms(220));
}

#[tokio::test(start_paused = true)]
async fn a_closure_that_awaits_may_use_a_question_mark_of_its_own() {
    #[retry(attempts = 2, constant(0s), on_retry = |_| { let _ = async { reconnect(runs).await?; Ok::<_, Error>(()) }.await; })]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        if runs.count() == 0 {
            Err(Error::Busy)
        } else {
            Ok(runs.count())
        }
    }
    async fn reconnect(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Ok(())
    }
    assert_eq!(call(&Runs::default()).await, Ok(1));
}

#[tokio::test(start_paused = true)]
async fn under_when_result_it_sees_the_whole_value() {
    #[retry(attempts = 3, constant(0s), when_result = |run| *run < 3, on_retry = |event| note(&event.error.to_string(), ()))]
    async fn call(runs: &Runs) -> u32 {
        runs.next()
    }
    #[retry(attempts = 2, constant(0s), when_result = Result::is_err, on_retry = |event| {
        tokio::task::yield_now().await;
        note(&format!("{:?}", event.error), ());
    })]
    async fn awaits() -> Result<(), Error> {
        Err(Error::Busy)
    }
    assert_eq!(call(&Runs::default()).await, 3);
    assert_eq!(notes(), "1 2");
    let _ = awaits().await;
    assert_eq!(notes(), "Err(Busy)");
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_in_a_hook_that_awaits_never_retries_and_pays_nothing() {
    #[retry(attempts = 3, constant(10ms), budget = budget, on_retry = |_| sleep(ms(100)).await)]
    async fn call(budget: &RetryBudget, runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    let (budget, runs) = (RetryBudget::new().refill_per_second(0), Runs::default());
    assert!(tokio::time::timeout(ms(50), call(&budget, &runs)).await.is_err());
    assert_eq!((runs.count(), budget.tokens()), (1, 500));
}

#[tokio::test(start_paused = true)]
async fn every_retry_is_logged_with_operation_attempt_delay_and_error() {
    struct Mute;
    #[derive(Debug)]
    struct OnlyDebug;
    #[retry(attempts = 3, delays(10ms, 20ms))]
    async fn display() -> Result<(), Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 2, delays(10ms), when = any)]
    async fn debug() -> Result<(), OnlyDebug> {
        Err(OnlyDebug)
    }
    #[retry(attempts = 2, delays(10ms), when = any, name = "mute")]
    async fn neither() -> Result<(), Mute> {
        Err(Mute)
    }
    let recorder = Recorder::install();
    let _ = display().await;
    let _ = debug().await;
    let _ = neither().await;
    let events = recorder.events();
    let lines: Vec<String> = events.iter().map(|event| event.line()).collect();
    let module = module_path!();
    assert_eq!(
        lines,
        [
            format!(
                "WARN etiquette::retry: retrying attempt=1 delay=10ms error=busy operation={module}::display"
            ),
            format!(
                "WARN etiquette::retry: retrying attempt=2 delay=20ms error=busy operation={module}::display"
            ),
            format!(
                "ERROR etiquette::retry: gave up attempts=3 error=busy operation={module}::display why=attempts"
            ),
            format!(
                "WARN etiquette::retry: retrying attempt=1 delay=10ms error=OnlyDebug operation={module}::debug"
            ),
            format!(
                "ERROR etiquette::retry: gave up attempts=2 error=OnlyDebug operation={module}::debug why=attempts"
            ),
            "WARN etiquette::retry: retrying attempt=1 delay=10ms operation=mute".to_owned(),
            "ERROR etiquette::retry: gave up attempts=2 operation=mute why=attempts".to_owned(),
        ]
    );
}
