//! Retry and its budget, timeouts, cancellation, hedge, fallback, shield.

use std::cell::Cell;
use std::time::Duration;

use etiquette::{
    Classify, RetryBudget, Stopped, cancellable, fallback, hedge, retry, retrying, shield, shielded_idle,
    with_timeout,
};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::support::Counts;

const MS: Duration = Duration::from_millis(1);

#[derive(Debug, thiserror::Error, Classify)]
enum Error {
    #[error("busy")]
    #[transient]
    Busy,
    #[error("come back later")]
    #[transient(after = 0)]
    Later(Duration),
    #[error("bad request")]
    #[permanent]
    Bad,
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

#[etiquette::test(paused)]
async fn a_retry_counts_why_it_goes_on_and_why_it_ends() {
    #[retry(attempts = 3, delays(1ms), budget = none)]
    #[with_timeout(5ms, attempt)]
    async fn fetch(run: &Cell<u32>, script: &[&str]) -> Result<u32, Error> {
        let at = run.replace(run.get() + 1) as usize;
        match script[at] {
            "busy" => Err(Error::Busy),
            "later" => Err(Error::Later(MS)),
            "bad" => Err(Error::Bad),
            "slow" => {
                sleep(MS * 10).await;
                Ok(1)
            }
            _ => Ok(7),
        }
    }
    let counts = Counts::install();
    let call = async |script: &[&str]| fetch(&Cell::new(0), script).await;
    call(&["ok"]).await.unwrap();
    assert!(
        counts.take().is_empty(),
        "what succeeds at once has nothing to tell"
    );
    call(&["busy", "slow", "ok"]).await.unwrap();
    assert_eq!(
        counts.take(),
        [
            "etiquette_retries_total{operation=fetch,reason=error} 1",
            "etiquette_retries_total{operation=fetch,reason=timed_out} 1",
            "etiquette_retry_successes_total{operation=fetch} 1",
            "etiquette_timeouts_total{operation=fetch,kind=attempt} 1",
        ]
    );
    call(&["later", "busy", "busy"]).await.unwrap_err();
    call(&["bad"]).await.unwrap_err();
    assert_eq!(
        counts.take(),
        [
            "etiquette_retries_total{operation=fetch,reason=error} 1",
            "etiquette_retries_total{operation=fetch,reason=hint} 1",
            "etiquette_retry_failures_total{operation=fetch,reason=attempts} 1",
            "etiquette_retry_failures_total{operation=fetch,reason=permanent} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn a_retry_ends_for_lack_of_time() {
    let counts = Counts::install();
    let busy = || Err::<u32, _>(Error::Busy);
    let _ = retrying!(
        name = "elapsed",
        max_elapsed = MS * 5,
        constant(10ms),
        budget = none,
        async { busy() }
    )
    .await;
    let _ = retrying!(name = "hint", max_hint = 5ms, budget = none, async {
        Err::<u32, _>(Error::Later(MS * 6))
    })
    .await;
    let scope = etiquette::Scope::new().with_timeout(MS * 5);
    let _ = scope
        .run(async { retrying!(name = "deadline", constant(10ms), budget = none, async { busy() }).await })
        .await;
    assert_eq!(
        counts.take(),
        [
            "etiquette_retry_failures_total{operation=deadline,reason=deadline} 1",
            "etiquette_retry_failures_total{operation=elapsed,reason=elapsed} 1",
            "etiquette_retry_failures_total{operation=hint,reason=hint} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn a_budget_shows_what_it_holds() {
    static SMALL: RetryBudget = RetryBudget::new().capacity(12).refill_per_second(0);
    #[retry(attempts = 2, delays(0ms), budget = &SMALL)]
    async fn fetch(out: Result<u32, Error>) -> Result<u32, Error> {
        out.as_ref().map(|n| *n).map_err(|_| Error::Busy)
    }
    let counts = Counts::install();
    let tokens = |left: u32| format!("etiquette_budget_tokens{{operation=fetch}} {left}");
    fetch(Err(Error::Busy)).await.unwrap_err();
    assert_eq!(counts.of("etiquette_budget"), [tokens(7)]);
    fetch(Err(Error::Busy)).await.unwrap_err();
    fetch(Err(Error::Busy)).await.unwrap_err();
    fetch(Err(Error::Busy)).await.unwrap_err();
    assert_eq!(
        counts.of("etiquette_budget"),
        [
            "etiquette_budget_exhausted_total{operation=fetch} 1".to_owned(),
            tokens(2)
        ]
    );
    fetch(Ok(1)).await.unwrap();
    assert_eq!(
        counts.of("etiquette_budget"),
        [tokens(3)],
        "a success at first try pays one in"
    );
}

#[etiquette::test(paused)]
async fn timeouts_tell_what_the_limit_was_set_on() {
    #[with_timeout(5ms)]
    async fn call() -> Result<u32, Error> {
        std::future::pending().await
    }
    #[with_timeout(5ms, total, or_return = Ok(1))]
    #[retry]
    async fn total() -> Result<u32, Error> {
        std::future::pending().await
    }
    #[with_timeout(1h, inherit)]
    async fn inherited() -> Result<u32, Error> {
        std::future::pending().await
    }
    let counts = Counts::install();
    call().await.unwrap_err();
    assert_eq!(total().await.unwrap(), 1, "told, whatever is returned for it");
    etiquette::Scope::new()
        .with_timeout(MS * 5)
        .provide(inherited())
        .await
        .unwrap_err();
    assert_eq!(
        counts.take(),
        [
            "etiquette_timeouts_total{operation=call,kind=call} 1",
            "etiquette_timeouts_total{operation=inherited,kind=inherited} 1",
            "etiquette_timeouts_total{operation=total,kind=total} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn cancellations_are_counted() {
    #[cancellable]
    async fn work(token: CancellationToken) -> Result<u32, Error> {
        std::future::pending().await
    }
    #[cancellable]
    async fn leave(token: CancellationToken) {
        std::future::pending().await
    }
    let counts = Counts::install();
    let token = CancellationToken::new();
    token.cancel();
    work(token.clone()).await.unwrap_err();
    leave(token).await;
    assert_eq!(
        counts.take(),
        [
            "etiquette_cancellations_total{operation=leave} 1",
            "etiquette_cancellations_total{operation=work} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn hedges_count_why_they_began_and_who_won() {
    #[hedge(after = 5ms, attempts = 3, budget = none)]
    async fn read(runs: &Cell<u32>, script: &[(u64, bool)]) -> Result<u32, Error> {
        let (wait, ok) = script[runs.replace(runs.get() + 1) as usize];
        sleep(Duration::from_millis(wait)).await;
        if ok { Ok(1) } else { Err(Error::Busy) }
    }
    let counts = Counts::install();
    let call = async |script: &[(u64, bool)]| read(&Cell::new(0), script).await;
    call(&[(2, true)]).await.unwrap();
    assert!(counts.take().is_empty());
    call(&[(20, true), (2, false), (3, true)]).await.unwrap();
    assert_eq!(
        counts.take(),
        [
            "etiquette_hedge_wins_total{operation=read} 1",
            "etiquette_hedges_total{operation=read,reason=failed} 1",
            "etiquette_hedges_total{operation=read,reason=slow} 1",
        ]
    );
    call(&[(7, true), (20, true)]).await.unwrap();
    assert_eq!(
        counts.take(),
        ["etiquette_hedges_total{operation=read,reason=slow} 1"]
    );
}

#[etiquette::test(paused)]
async fn replaced_errors_are_counted_in_each_form() {
    #[fallback(Ok(0))]
    async fn value(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    #[fallback(with = |_error| Ok(1))]
    async fn closure(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    #[fallback(with = |_error| { sleep(MS).await; Ok(2) }, name = "waits")]
    async fn awaits(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    let counts = Counts::install();
    for out in [value(Ok(7)).await, closure(Ok(7)).await, awaits(Ok(7)).await] {
        assert_eq!(out.unwrap(), 7);
    }
    assert!(counts.take().is_empty());
    value(Err(Error::Bad)).await.unwrap();
    closure(Err(Error::Bad)).await.unwrap();
    awaits(Err(Error::Bad)).await.unwrap();
    assert_eq!(
        counts.take(),
        [
            "etiquette_fallbacks_total{operation=closure} 1",
            "etiquette_fallbacks_total{operation=value} 1",
            "etiquette_fallbacks_total{operation=waits} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn a_shielded_call_that_its_caller_left_is_counted() {
    #[shield]
    async fn commit() {
        sleep(MS * 10).await;
    }
    let counts = Counts::install();
    commit().await;
    assert!(counts.take().is_empty());
    timeout(MS * 5, commit()).await.unwrap_err();
    shielded_idle().await;
    assert_eq!(counts.take(), ["etiquette_detached_total{operation=commit} 1"]);
}
