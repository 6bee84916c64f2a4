//! A hundred thousand tasks under a storm of cancellations, panics and drops, on real threads and a real clock: it ends
//! by itself, and at the end there is as much of everything as at the beginning.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use etiquette::{
    ConcurrencyLimit, Drain, Limits, RetryBudget, Scope, Stopped, Tasks, cancellable, concurrency_limit,
    detach, retry, with_timeout,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Tasks per round; the rounds make up the hundred thousand.
const TASKS: usize = 10_000;
const ROUNDS: usize = 10;

/// Nothing in here takes longer than a few milliseconds. What hangs is a failure, not a build that never ends.
const AT_MOST: Duration = Duration::from_secs(120);

static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(64);
static BUDGET: RetryBudget = RetryBudget::new();

/// How many values are alive that a task holds across its awaits.
static ALIVE: AtomicUsize = AtomicUsize::new(0);

struct Held(#[allow(dead_code, reason = "only there to take up memory")] Vec<u8>);

impl Held {
    fn new() -> Self {
        ALIVE.fetch_add(1, Relaxed);
        Self(vec![0; 512])
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Relaxed);
    }
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("busy")]
    Busy,
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

fn pause() -> Duration {
    Duration::from_micros(fastrand::u64(0..3_000))
}

/// Every layer that holds something across an await.
#[cancellable(Scope::current())]
#[with_timeout(40ms, total, inherit)]
#[retry(attempts = 3, constant(1ms), when = |error| matches!(error, Error::Busy), budget = &BUDGET)]
#[with_timeout(10ms, attempt)]
#[concurrency_limit(semaphore = LIMIT, wait = 20ms)]
async fn call() -> Result<(), Error> {
    let _held = Held::new();
    sleep(pause()).await;
    match fastrand::u8(..) {
        0..8 => panic!("at random"),
        8..64 => Err(Error::Busy),
        _ => Ok(()),
    }
}

/// One of several lives that a task can have.
async fn live(n: usize) {
    let _held = Held::new();
    match n % 5 {
        0 => drop(call().await),
        // Dropped at whatever await it stands at.
        1 => drop(call().with_timeout(pause()).await),
        2 => {
            let scope = Scope::current().child().with_timeout(pause());
            drop(scope.run(call()).await);
        }
        3 => {
            let scope = Scope::current().child();
            let (run, cancel) = (scope.run(call()), async {
                sleep(pause()).await;
                scope.cancel("the storm");
            });
            let _ = tokio::join!(run, cancel);
        }
        // A race: one of the two is dropped.
        _ => tokio::select! {
            out = call() => drop(out),
            () = sleep(pause()) => {}
        },
    }
}

async fn round(tasks: &Tasks) {
    let mut spawned = Vec::with_capacity(TASKS);
    for n in 0..TASKS {
        let handle = tasks.spawn("life", live(n));
        match n % 7 {
            0 => handle.abort(),
            1 => detach(handle, "the group waits for it"),
            _ => spawned.push(handle),
        }
        if n % 64 == 0 {
            tokio::task::yield_now().await;
        }
    }
    for handle in spawned {
        match handle.await {
            Ok(()) => {}
            Err(error) => assert!(error.is_panic(), "{error}"),
        }
    }
}

/// The memory of this process, in kilobytes.
#[cfg(target_os = "linux")]
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(not(target_os = "linux"))]
fn resident() -> Option<usize> {
    None
}

#[test]
fn a_hundred_thousand_tasks_leave_nothing_behind() {
    // Several thousand panics are meant; their texts are not worth reading.
    std::panic::set_hook(Box::new(|info| {
        let text = info.payload_as_str().unwrap_or_default();
        if text != "at random" {
            eprintln!("{info}");
        }
    }));
    let begun = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let tasks = Tasks::new();
        let mut memory = Vec::new();
        for _ in 0..ROUNDS {
            tokio::time::timeout(AT_MOST, round(&tasks))
                .await
                .expect("a round ends by itself");
            // Those whose handle was dropped may still be running.
            while !tasks.is_empty() {
                sleep(Duration::from_millis(1)).await;
            }
            assert_eq!(ALIVE.load(Relaxed), 0);
            assert_eq!((LIMIT.in_use(), LIMIT.waiting()), (0, 0));
            memory.extend(resident());
        }
        // The first round makes the allocator's pools. How much of a peak the allocator gives back in time differs from
        // round to round; what is lost is missing in every later one, so the least of each half is compared. `exact`
        // counts the bytes.
        if let [_, rounds @ ..] = &*memory {
            let (early, late) = rounds.split_at(rounds.len() / 2);
            let (early, late) = (early.iter().min().unwrap(), late.iter().min().unwrap());
            assert!(*late < early + early / 4 + 4_096, "{memory:?} kB");
        }
        // The storm at the end: all at once, in the middle of everything.
        let storm = Arc::new(AtomicUsize::new(0));
        for n in 0..TASKS {
            let storm = Arc::clone(&storm);
            drop(tasks.spawn("caught", async move {
                for n in n.. {
                    if Scope::current().is_cancelled() {
                        storm.fetch_add(1, Relaxed);
                        return;
                    }
                    live(n * 5).await;
                }
            }));
        }
        sleep(Duration::from_millis(20)).await;
        let drained = tasks.shutdown(Drain::within(Duration::from_secs(30))).await;
        assert!(drained.is_clean(), "{drained}");
        assert!(storm.load(Relaxed) > TASKS / 4, "{storm:?}");
        assert_eq!((tasks.len(), ALIVE.load(Relaxed)), (0, 0));
        assert_eq!((LIMIT.in_use(), LIMIT.waiting()), (0, 0));
        // A task is Tokio's for a moment longer than it is the group's.
        let metrics = tokio::runtime::Handle::current().metrics();
        let gone = async {
            while metrics.num_alive_tasks() > 0 {
                sleep(Duration::from_millis(1)).await;
            }
        };
        gone.with_timeout(Duration::from_secs(5))
            .await
            .expect("no task is left");
        assert!(tasks.spawn("late", async {}).await.unwrap_err().is_refused());
    });
    assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
}
