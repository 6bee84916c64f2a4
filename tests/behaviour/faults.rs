//! `testing::faults`: what a test has functions meet, below all their layers.

use crate::support::{Error, Runs, ms, secs, timed};
use etiquette::testing::{self, faults};
use etiquette::{
    CircuitState, Drain, Limits, Tasks, blocking, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, rate_limit, retry, shield, with_timeout,
};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Barrier;

#[instrument_task]
async fn save(runs: &Runs) -> Result<u32, Error> {
    Ok(runs.next())
}

#[etiquette::test(paused)]
async fn the_body_does_not_run_when_it_fails() {
    let runs = Runs::new();
    let down = faults().on("save").fail(|| Error::Busy);
    assert_eq!(save(&runs).await, Err(Error::Busy));
    assert_eq!(save(&runs).await, Err(Error::Busy));
    assert_eq!((runs.count(), down.calls(), down.strikes()), (0, 2, 2));
    drop(down);
    assert_eq!(save(&runs).await, Ok(1));
}

#[etiquette::test(paused)]
async fn the_span_and_the_recorder_see_an_error_like_any_other() {
    let recorder = testing::Recorder::install();
    let _down = faults().on("save").nth(2).fail(|| Error::Bad);
    for _ in 0..3 {
        let _ = save(&Runs::new()).await;
    }
    recorder.assert_eq(["save: ended: ok", "save: ended: error", "save: ended: ok"]);
}

#[etiquette::test(paused)]
async fn the_body_runs_late() {
    let runs = Runs::new();
    let _slow = faults().on("save").delay(ms(250));
    assert_eq!(timed(save(&runs)).await, (Ok(1), ms(250)));
    // The next one comes on top.
    let _slower = faults().on("save").first(1).delay(secs(1));
    assert_eq!(timed(save(&runs)).await, (Ok(2), ms(1_250)));
    assert_eq!(timed(save(&runs)).await, (Ok(3), ms(250)));
    let _and_fails = faults().on("save").fail(|| Error::Busy);
    assert_eq!(timed(save(&runs)).await, (Err(Error::Busy), ms(250)));
}

#[etiquette::test(paused)]
async fn one_behind_another_that_ends_the_call_does_not_strike() {
    let down = faults().on("save").fail(|| Error::Busy);
    let behind = faults().on("save").hang();
    assert_eq!(save(&Runs::new()).await, Err(Error::Busy));
    assert_eq!((down.strikes(), behind.calls(), behind.strikes()), (1, 1, 0));
}

#[etiquette::test(paused)]
async fn a_call_hangs_until_something_ends_it() {
    let gone = faults().on("save").hang();
    let runs = Runs::new();
    assert!(save(&runs).with_timeout(secs(86_400)).await.is_err());
    assert_eq!((runs.count(), gone.strikes()), (0, 1));
}

#[etiquette::test(paused)]
async fn a_call_panics() {
    let _broken = faults().on("save").panic("out of luck");
    let recorder = testing::Recorder::install();
    let runs = Runs::new();
    let panic = AssertUnwindSafe(save(&runs)).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref::<String>().unwrap(), "out of luck");
    recorder.assert_eq(["save: ended: panicked"]);
}

#[retry(attempts = 4, delays(1s))]
#[circuit_breaker(consecutive = 3)]
#[with_timeout(5s, attempt)]
async fn fetch() -> Result<u32, Error> {
    Ok(7)
}

#[etiquette::test(paused)]
async fn retry_and_breaker_are_above() {
    let recorder = testing::Recorder::install();
    let _down = faults().on("fetch").first(2).fail(|| Error::Busy);
    assert_eq!(timed(fetch()).await, (Ok(7), secs(2)));
    assert_eq!(recorder.of("fetch").count("attempt"), 3);
    // One hangs, until its own limit.
    let _stuck = faults().on("fetch").nth(1).hang();
    assert_eq!(timed(fetch()).await, (Ok(7), secs(6)));
    let _gone = faults().on("fetch").fail(|| Error::Busy);
    assert!(matches!(fetch().await, Err(Error::Stopped(stop)) if stop.is_refusal()));
    assert_eq!(testing::breaker("fetch").unwrap().state(), CircuitState::Open);
}

#[etiquette::test(paused)]
async fn all_other_layers_are_above() {
    #[concurrency_limit(1, wait = none)]
    async fn limited() -> Result<u32, Error> {
        Ok(7)
    }
    #[rate_limit(1, per = 60s, wait = none)]
    async fn rated() -> Result<u32, Error> {
        Ok(7)
    }
    #[hedge(after = 50ms)]
    async fn hedged() -> Result<u32, Error> {
        Ok(7)
    }
    #[fallback(Ok(0))]
    async fn with_fallback() -> Result<u32, Error> {
        Ok(7)
    }
    #[shield]
    async fn shielded() -> Result<u32, Error> {
        Ok(7)
    }
    // A slot is held while it hangs.
    let _stuck = faults().on("limited").first(1).hang();
    let (stuck, other) = tokio::join!(limited().with_timeout(secs(1)), limited());
    assert!(stuck.is_err());
    assert!(matches!(other, Err(Error::Stopped(stop)) if stop.is_refusal()));
    assert_eq!(limited().await, Ok(7));
    // A permit is used.
    let _down = faults().on("rated").fail(|| Error::Busy);
    assert_eq!(rated().await, Err(Error::Busy));
    assert!(matches!(rated().await, Err(Error::Stopped(stop)) if stop.is_refusal()));
    // Each run is a call.
    let stuck = faults().on("hedged").first(1).hang();
    assert_eq!(timed(hedged()).await, (Ok(7), ms(50)));
    assert_eq!(stuck.calls(), 2);
    let _down = faults().on("with_fallback").fail(|| Error::Bad);
    assert_eq!(with_fallback().await, Ok(0));
    let _down = faults().on("shielded").fail(|| Error::Bad);
    assert_eq!(shielded().await, Err(Error::Bad));
}

// On a real clock: a thread that works keeps a paused one from going on by itself.
#[etiquette::test]
async fn what_blocks_is_struck_before_it_gets_a_thread() {
    #[blocking]
    async fn digest(data: Vec<u8>) -> Result<usize, Error> {
        Ok(data.len())
    }
    #[with_timeout(20ms)]
    #[blocking(limit = 1)]
    async fn limited(data: Vec<u8>) -> Result<usize, Error> {
        Ok(data.len())
    }
    assert_eq!(digest(vec![1]).await, Ok(1));
    let down = faults().on("digest").first(1).fail(|| Error::Busy);
    assert_eq!(digest(vec![1]).await, Err(Error::Busy));
    assert_eq!(digest(vec![1]).await, Ok(1));
    assert_eq!(down.calls(), 2);
    let stuck = faults().on("limited").first(1).hang();
    assert!(matches!(limited(vec![1]).await, Err(Error::Stopped(stop)) if stop.is_timeout()));
    assert_eq!((limited(vec![1]).await, stuck.strikes()), (Ok(1), 1));
}

struct Orders;

impl Orders {
    #[with_timeout(1s, name = "orders: get")]
    async fn get(&self) -> Result<u32, Error> {
        Ok(7)
    }
}

#[etiquette::test(paused)]
async fn names_are_those_of_the_function_and_of_its_layers() {
    let is_struck = async |name: &str| {
        let fault = faults().on(name).fail(|| Error::Busy);
        let struck = Orders.get().await.is_err();
        assert_eq!(fault.calls(), usize::from(struck));
        struck
    };
    for name in [
        "get",
        "faults::get",
        concat!(module_path!(), "::get"),
        "orders: get",
    ] {
        assert!(is_struck(name).await, "{name}");
    }
    for name in ["orders", "et", "Orders::get", "save", ""] {
        assert!(!is_struck(name).await, "{name}");
    }
}

#[etiquette::test(paused)]
async fn a_rate_strikes_a_part_and_the_same_each_time() {
    let pattern = async || {
        let down = faults().on("save").rate(0.3).fail(|| Error::Busy);
        let runs = Runs::new();
        let mut pattern = Vec::new();
        for _ in 0..100 {
            pattern.push(save(&runs).await.is_err());
        }
        assert_eq!(down.calls(), 100);
        assert_eq!(down.strikes(), pattern.iter().filter(|struck| **struck).count());
        pattern
    };
    let first = pattern().await;
    let struck = first.iter().filter(|struck| **struck).count();
    assert!((15..=45).contains(&struck), "{struck}");
    assert_eq!(pattern().await, first);
    let seeded = async |seed| {
        let _seeded = testing::seed(seed);
        pattern().await
    };
    assert_eq!(seeded(3).await, seeded(3).await);
    assert_ne!(seeded(3).await, seeded(4).await);
    // Calls of others, and jitter, take nothing from it.
    let jittered = async {
        let _seeded = testing::seed(3);
        let pattern = pattern();
        pattern.await
    };
    assert_eq!(jittered.await, seeded(3).await);
}

// On a real clock: several threads cannot share a paused one.
#[etiquette::test(flavor = "multi_thread", worker_threads = 3)]
async fn they_strike_on_all_threads_and_in_all_tasks(tasks: Tasks) {
    let down = faults().on("save").fail(|| Error::Busy);
    let mut handles = Vec::new();
    for _ in 0..10 {
        handles.push(tasks.spawn("save", async { save(&Runs::new()).await.is_err() }));
    }
    for handle in handles {
        assert!(handle.await.unwrap());
    }
    let others: Vec<_> = (0..10)
        .map(|_| tokio::spawn(async { save(&Runs::new()).await.is_err() }))
        .collect();
    for other in others {
        assert!(other.await.unwrap());
    }
    assert_eq!(down.strikes(), 20);
    tasks.shutdown(Drain::default()).await.into_result().unwrap();
}

/// Two tests at once, of which one has a fault: both are in their bodies at the same time.
#[test]
#[allow(unnameable_test_items, reason = "called by this one")]
fn tests_in_parallel_do_not_see_each_other() {
    static BOTH: Barrier = Barrier::new(2);

    #[etiquette::test(paused)]
    async fn one() {
        let down = faults().on("save").fail(|| Error::Busy);
        BOTH.wait();
        assert_eq!(save(&Runs::new()).await, Err(Error::Busy));
        BOTH.wait();
        assert_eq!(down.calls(), 1);
    }

    #[etiquette::test(paused)]
    async fn other() {
        BOTH.wait();
        assert_eq!(save(&Runs::new()).await, Ok(1));
        BOTH.wait();
    }

    let one = std::thread::spawn(one);
    other();
    one.join().unwrap();
}

#[etiquette::test(paused)]
async fn a_panic_takes_it_back() {
    let panicked = std::panic::catch_unwind(|| {
        let _down = faults().on("save").hang();
        panic!("on purpose");
    });
    assert!(panicked.is_err());
    assert_eq!(save(&Runs::new()).await, Ok(1));
}
