//! What each layer logs: the table on the page of `etiquette::telemetry`, read back from a subscriber.

use crate::recorder::Recorder;
use crate::support::{Error, cancelled_after, ms, pending, secs, sleep};
use etiquette::{
    CircuitBreaker, RetryBudget, Scope, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    queue, rate_limit, retry, shield, shielded_idle, with_timeout,
};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::future::Future;
use tokio::time::{advance, timeout};
use tokio_util::sync::CancellationToken;

/// What is logged while `call` runs; of operations only the last part.
async fn logged<F: Future>(call: F) -> Vec<String> {
    let recorder = Recorder::install();
    call.await;
    let here = concat!(module_path!(), "::");
    let lines = recorder.events().into_iter().map(|event| event.line());
    lines.map(|line| line.replace(here, "")).collect()
}

#[retry(attempts = 2, delays(5ms), budget = none)]
async fn fetch(error: impl Fn() -> Error) -> Result<u32, Error> {
    Err(error())
}

#[etiquette::test(paused)]
async fn a_retry_warns_of_each_attempt_and_fails_with_an_error() {
    assert_eq!(
        logged(fetch(|| Error::Busy)).await,
        [
            "WARN etiquette::retry: retrying attempt=1 delay=5ms error=busy operation=fetch",
            "ERROR etiquette::retry: gave up attempts=2 error=busy operation=fetch why=attempts",
        ]
    );
    assert_eq!(
        logged(fetch(|| Error::Bad)).await,
        [
            "DEBUG etiquette::retry: not tried again attempts=1 error=bad request operation=fetch why=permanent"
        ]
    );
    // Also where the error cannot be printed.
    struct Opaque;
    #[retry(attempts = 1, when = any)]
    async fn opaque() -> Result<u32, Opaque> {
        Err(Opaque)
    }
    assert_eq!(
        logged(opaque()).await,
        ["ERROR etiquette::retry: gave up attempts=1 operation=a_retry_warns_of_each_attempt_and_fails_with_an_error::opaque why=attempts"]
            .map(|line| line.replace("a_retry_warns_of_each_attempt_and_fails_with_an_error::", ""))
    );
}

#[retry(attempts = 9, constant(10ms), jitter = none, budget = &SMALL)]
async fn draw() -> Result<u32, Error> {
    Err(Error::Busy)
}
static SMALL: RetryBudget = RetryBudget::new().capacity(9).refill_per_second(0);

#[with_timeout(25ms, total)]
#[retry(attempts = 9, constant(10ms), jitter = none, budget = none)]
async fn cut() -> Result<u32, Error> {
    sleep(ms(2)).await;
    Err(Error::Busy)
}

#[etiquette::test(paused)]
async fn an_empty_budget_and_a_cut_retry_are_warnings() {
    SMALL.reset();
    assert_eq!(
        logged(draw()).await[1..],
        [
            "WARN etiquette::retry: retry budget exhausted: failures are final until it has refilled capacity=9 operation=draw",
            "ERROR etiquette::retry: gave up attempts=2 error=busy operation=draw why=budget",
        ]
    );
    assert_eq!(
        logged(cut()).await[2..],
        [
            "WARN etiquette::retry: the limit passed while retrying; this was the last error attempts=3 error=busy operation=cut",
            "DEBUG etiquette::with_timeout: timed out attempts=3 kind=total limit=25ms operation=cut",
        ]
    );
}

static PAYMENTS: CircuitBreaker = CircuitBreaker::new()
    .name("payments")
    .consecutive(1)
    .probes(1)
    .open_for(secs(1));

#[circuit_breaker(state = PAYMENTS)]
async fn pay(fails: bool) -> Result<u32, Error> {
    if fails { Err(Error::Busy) } else { Ok(7) }
}

async fn open_and_close() {
    PAYMENTS.reset();
    pay(true).await.unwrap_err();
    pay(false).await.unwrap_err();
    advance(secs(1)).await;
    pay(false).await.unwrap();
    PAYMENTS.force_open();
    pay(false).await.unwrap_err();
    PAYMENTS.reset();
}

#[etiquette::test(paused)]
async fn a_circuit_that_opens_is_an_error() {
    // One at a time: the circuit is a static, which two of these tests use.
    let _alone = ALONE.lock().await;
    assert_eq!(
        logged(open_and_close()).await,
        [
            "ERROR etiquette::circuit_breaker: circuit opened: calls are refused circuit=payments open_for=1s",
            "DEBUG etiquette::circuit_breaker: refused: circuit open operation=pay retry_after=1s",
            "WARN etiquette::circuit_breaker: circuit half-open: a few calls are let through circuit=payments",
            "INFO etiquette::circuit_breaker: circuit closed circuit=payments",
            "WARN etiquette::circuit_breaker: circuit opened by hand: calls are refused circuit=payments",
            "DEBUG etiquette::circuit_breaker: refused: circuit open operation=pay",
            "INFO etiquette::circuit_breaker: circuit closed by hand circuit=payments",
        ]
    );
}

static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[concurrency_limit(1, wait = 8ms)]
async fn render() -> Result<(), Error> {
    sleep(ms(5)).await;
    Ok(())
}

#[rate_limit(100, per = 1s, burst = 1, wait = 10ms)]
async fn mail() -> Result<(), Error> {
    Ok(())
}

async fn three_renders() {
    let _ = tokio::join!(render(), render(), render());
}

async fn three_mails() {
    let _ = tokio::join!(mail(), mail(), mail());
}

#[etiquette::test(paused)]
async fn limits_tell_who_waited_and_who_was_turned_away() {
    assert_eq!(
        logged(three_renders()).await,
        [
            "DEBUG etiquette::concurrency_limit: was in line operation=render served=true waited=5ms",
            "DEBUG etiquette::concurrency_limit: was in line operation=render served=false waited=8ms",
            "DEBUG etiquette::concurrency_limit: refused: at capacity operation=render",
        ]
    );
    assert_eq!(
        logged(three_mails()).await,
        [
            "DEBUG etiquette::rate_limit: refused: rate limit reached operation=mail retry_after=20ms",
            "DEBUG etiquette::rate_limit: was in line operation=mail served=true waited=10ms",
        ]
    );
}

#[with_timeout(5ms)]
async fn slow() -> Result<u32, Error> {
    pending().await
}

#[with_timeout(1h, inherit)]
async fn inherits() -> Result<u32, Error> {
    pending().await
}

#[cancellable]
async fn leaves(token: CancellationToken) -> Result<u32, Error> {
    pending().await
}

#[etiquette::test(paused)]
async fn a_stop_is_the_callers_to_judge() {
    assert_eq!(
        logged(slow()).await,
        ["DEBUG etiquette::with_timeout: timed out attempts=1 kind=call limit=5ms operation=slow"]
    );
    let scope = Scope::new().with_timeout(ms(5));
    assert_eq!(
        logged(scope.provide(inherits())).await,
        ["DEBUG etiquette::with_timeout: timed out attempts=1 kind=inherited operation=inherits"]
    );
    assert_eq!(
        logged(leaves(cancelled_after(5))).await,
        ["DEBUG etiquette::cancellable: cancelled operation=leaves"]
    );
    let scope = Scope::new();
    scope.cancel("shutting down");
    let cancelled = logged(scope.run(pending::<()>())).await;
    assert_eq!(cancelled.len(), 1);
    assert!(cancelled[0].starts_with("DEBUG etiquette::cancellable: cancelled operation="));
    assert!(cancelled[0].ends_with(" reason=shutting down"));
}

#[hedge(after = 5ms, attempts = 3, budget = none)]
async fn read(runs: &Cell<u32>) -> Result<u32, Error> {
    match runs.replace(runs.get() + 1) {
        0 => pending().await,
        1 => Err(Error::Busy),
        _ => Ok(7),
    }
}

#[fallback(Ok(0))]
async fn falls() -> Result<u32, Error> {
    Err(Error::Bad)
}

#[shield]
async fn commit() {
    sleep(ms(10)).await;
}

#[etiquette::test(paused)]
async fn what_the_caller_does_not_see_is_told() {
    assert_eq!(
        logged(read(&Cell::new(0))).await,
        [
            "DEBUG etiquette::hedge: a further run because=slow operation=read run=2",
            "DEBUG etiquette::hedge: a further run because=failed operation=read run=3",
            "DEBUG etiquette::hedge: a further run won operation=read",
        ]
    );
    assert_eq!(
        logged(falls()).await,
        ["WARN etiquette::fallback: fell back operation=falls"]
    );
    assert_eq!(
        logged(timeout(ms(5), commit())).await,
        ["DEBUG etiquette::shield: the caller left, and the work goes on operation=commit"]
    );
    shielded_idle().await;
}

/// The rows of the page: level, target, message, and the names of the fields that are always there.
fn rows() -> BTreeSet<String> {
    let page = include_str!("../../runtime/src/guide/telemetry.md");
    let quoted = |cell: &str| cell.trim().trim_matches('`').to_owned();
    page.lines()
        .filter(|line| line.starts_with("| `etiquette::"))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            format!("{} {}: {}", cells[2].trim(), quoted(cells[1]), quoted(cells[3]))
        })
        .collect()
}

#[etiquette::test(paused)]
async fn the_page_lists_exactly_these_events() {
    let _alone = ALONE.lock().await;
    SMALL.reset();
    let recorder = Recorder::install();
    let _ = fetch(|| Error::Busy).await;
    let _ = fetch(|| Error::Bad).await;
    let _ = draw().await;
    let _ = cut().await;
    open_and_close().await;
    three_renders().await;
    three_mails().await;
    let _ = slow().await;
    let _ = leaves(cancelled_after(5)).await;
    let _ = read(&Cell::new(0)).await;
    let _ = falls().await;
    let _ = timeout(ms(5), commit()).await;
    shielded_idle().await;
    let (jobs, _todo) = queue::bounded(5);
    (0..5).for_each(|job| jobs.try_send(job).unwrap());
    let seen: BTreeSet<String> = recorder
        .events()
        .iter()
        .map(|event| format!("{} {}: {}", event.level, event.target, event.message()))
        .collect();
    let mut rows = rows();
    // A switch of the whole process: `tests/control` has it to itself.
    assert!(rows.remove("WARN etiquette::control: switched to observe: not done"));
    // Polls that are slow take real time; the tests of `slow` and `slow_poll` are about these two.
    rows.retain(|row| !row.contains(" etiquette::instrument_task: "));
    assert_eq!(seen, rows);
}
