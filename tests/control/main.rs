//! `etiquette::control`: what each switch keeps layers from doing. One process of its own, one test at a time: a switch
//! is the whole process's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use etiquette::control::{BREAKERS, LIMITS, Mode, RETRIES, Switch};
use etiquette::{
    CircuitBreaker, CircuitState, Classify, ConcurrencyLimit, RateLimit, Stopped, circuit_breaker,
    concurrency_limit, hedge, rate_limit, retry, retrying,
};
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Debug, PartialEq, thiserror::Error, Classify)]
enum Error {
    #[error("busy")]
    #[transient]
    Busy,
    #[error("{0}")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

/// Turned on again, for the next test, whatever comes of this one.
struct Set(
    &'static Switch,
    #[expect(dead_code, reason = "held")] MutexGuard<'static, ()>,
);

impl Set {
    fn to(switch: &'static Switch, mode: Mode) -> Self {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        switch.set(mode);
        Self(switch, guard)
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        self.0.set(Mode::On);
    }
}

/// What is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .without_time()
            .with_writer(self.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let of_control = |line: &&str| line.contains("etiquette::control");
        text.lines().filter(of_control).map(str::to_owned).collect()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[retry(attempts = 4, constant(1s), jitter = none)]
async fn again(runs: &AtomicU32) -> Result<(), Error> {
    runs.fetch_add(1, Relaxed);
    Err(Error::Busy)
}

#[hedge(after = 10ms)]
async fn hedged(runs: &AtomicU32) -> Result<(), Error> {
    runs.fetch_add(1, Relaxed);
    sleep(Duration::from_millis(50)).await;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn nothing_runs_again_while_retries_are_off() {
    let set = Set::to(&RETRIES, Mode::Off);
    let (start, runs) = (Instant::now(), AtomicU32::new(0));
    assert_eq!(again(&runs).await, Err(Error::Busy));
    let out: Result<(), Error> = retrying!(constant(1s), async {
        runs.fetch_add(1, Relaxed);
        Err(Error::Busy)
    })
    .await;
    assert_eq!(out, Err(Error::Busy));
    assert_eq!((runs.load(Relaxed), start.elapsed()), (2, Duration::ZERO));
    hedged(&runs).await.unwrap();
    assert_eq!(runs.load(Relaxed), 3);

    drop(set);
    let _on = Set::to(&RETRIES, Mode::On);
    assert_eq!(again(&runs).await, Err(Error::Busy));
    hedged(&runs).await.unwrap();
    assert_eq!(runs.load(Relaxed), 3 + 4 + 2);
}

static BREAKER: CircuitBreaker = CircuitBreaker::new().consecutive(1).probes(1);

#[circuit_breaker(state = &BREAKER)]
async fn guarded(works: bool) -> Result<(), Error> {
    if works { Ok(()) } else { Err(Error::Busy) }
}

#[circuit_breaker(key = host, consecutive = 1)]
async fn guarded_by_key(host: &str) -> Result<(), Error> {
    let _ = host;
    Err(Error::Busy)
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_lets_calls_through_while_breakers_are_off() {
    let set = Set::to(&BREAKERS, Mode::Off);
    BREAKER.reset();
    for _ in 0..5 {
        assert_eq!(guarded(false).await, Err(Error::Busy));
        assert_eq!(guarded_by_key("a").await, Err(Error::Busy));
    }
    assert_eq!(BREAKER.state(), CircuitState::Open);
    // Whom it would have refused says nothing to it.
    guarded(true).await.unwrap();
    assert_eq!(BREAKER.state(), CircuitState::Open);

    drop(set);
    let _on = Set::to(&BREAKERS, Mode::On);
    let Err(Error::Stopped(stop)) = guarded(true).await else {
        panic!()
    };
    assert!(stop.is_refusal());
    let Err(Error::Stopped(_)) = guarded_by_key("a").await else {
        panic!()
    };
    sleep(Duration::from_secs(30)).await;
    guarded(true).await.unwrap();
    assert_eq!(BREAKER.state(), CircuitState::Closed);
}

static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(1);
static RATE: RateLimit = RateLimit::new(1, Duration::from_secs(60));

#[concurrency_limit(semaphore = &PLACES, wait = none)]
async fn in_place() -> Result<(), Error> {
    sleep(Duration::from_secs(1)).await;
    Ok(())
}

#[concurrency_limit(semaphore = &PLACES, wait = 1m, queue = 9)]
async fn in_line() -> Result<(), Error> {
    in_place().await
}

#[rate_limit(limiter = &RATE, wait = 1m)]
async fn in_turn() -> Result<(), Error> {
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_or_is_refused_while_limits_are_off() {
    let set = Set::to(&LIMITS, Mode::Off);
    let start = Instant::now();
    let (a, b, c) = tokio::join!(in_place(), in_line(), in_place());
    assert_eq!((a, b, c), (Ok(()), Ok(()), Ok(())));
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    for _ in 0..3 {
        in_turn().await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::from_secs(1));

    drop(set);
    // Nobody gave back a slot that was never taken.
    let _on = Set::to(&LIMITS, Mode::On);
    let (a, b) = tokio::join!(in_place(), in_place());
    assert_eq!((a.is_ok(), b.is_ok()), (true, false));
    assert_eq!(PLACES.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_observed_is_not_done_and_said() {
    let log = Log::default();
    let _listening = log.listen();
    let set = Set::to(&RETRIES, Mode::Observe);
    let runs = AtomicU32::new(0);
    assert_eq!(again(&runs).await, Err(Error::Busy));
    assert_eq!(runs.load(Relaxed), 1);
    drop(set);
    let set = Set::to(&LIMITS, Mode::Observe);
    let (a, b, c) = tokio::join!(in_place(), in_place(), in_line());
    assert_eq!((a, b, c), (Ok(()), Ok(()), Ok(())));
    drop(set);
    let set = Set::to(&RETRIES, Mode::Observe);
    hedged(&runs).await.unwrap();
    assert_eq!(runs.load(Relaxed), 2);
    drop(set);
    let set = Set::to(&BREAKERS, Mode::Observe);
    BREAKER.reset();
    for _ in 0..2 {
        assert_eq!(guarded(false).await, Err(Error::Busy));
        assert_eq!(guarded_by_key("b").await, Err(Error::Busy));
    }
    assert!(BREAKER.admit("by hand").is_ok());
    drop(set);
    let lines = log.lines();
    let said = |operation: &str, decision: &str| {
        let count = lines
            .iter()
            .filter(|line| line.contains(operation) && line.contains(decision))
            .count();
        assert!(count > 0, "{operation}: {decision} is not in {lines:#?}");
        count
    };
    assert_eq!(said("control::again", "decision=\"retry\""), 1);
    assert_eq!(said("control::in_line", "wait for a slot"), 1);
    assert!(said("control::in_place", "refuse: at capacity") >= 1);
    assert_eq!(said("control::hedged", "decision=\"hedge\""), 1);
    // The function, not the breaker, which has no name here.
    assert_eq!(said("control::guarded\"", "refuse: circuit open"), 1);
    assert_eq!(said("control::guarded_by_key", "refuse: circuit open"), 1);
    assert_eq!(said("operation=\"by hand\"", "refuse: circuit open"), 1);
}
