//! A hundred thousand tasks whose lives are drawn from a seed, under cancellations, panics, aborts and drops, on one thread
//! and a paused clock. What they leave behind is counted: tasks, slots, permits, values, and bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use etiquette::{
    ConcurrencyLimit, Drain, Limits, RetryBudget, Scope, Stopped, Tasks, cancellable, circuit_breaker,
    concurrency_limit, detach, hedge, rate_limit, retry, shield, shielded, shielded_idle, with_timeout,
};
use std::cell::Cell;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep};

/// The same lives each time.
const SEED: u64 = 0x5eed;

/// Tasks per wave; the waves make up the hundred thousand.
const WAVE: usize = 2_000;
const WAVES: usize = 50;

/// Those of the last wave, which only a shutdown ends; some do not hear it.
const LAST: usize = 1_000;
const DEAF: usize = 50;

/// What a runtime that lives on may keep for itself: queues that have grown do not shrink.
const KEPT: i64 = 64 * 1024;

/// It takes seconds; what hangs is a failure, not a build that never ends.
const AT_MOST: Duration = Duration::from_secs(60);

static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(64);
static SPAWNED: ConcurrencyLimit = ConcurrencyLimit::new(100);
static PERMITS: Semaphore = Semaphore::const_new(16);
static BUDGET: RetryBudget = RetryBudget::new();

thread_local! {
    /// How many values are alive that something holds across an await.
    static ALIVE: Cell<usize> = const { Cell::new(0) };
    /// How many calls ended in which way.
    static ENDS: Cell<Ends> = const { Cell::new(Ends::NONE) };
}

#[derive(Clone, Copy, Debug)]
struct Ends {
    ok: usize,
    busy: usize,
    timed_out: usize,
    cancelled: usize,
    refused: usize,
    panicked: usize,
    aborted: usize,
}

impl Ends {
    const NONE: Self = Self {
        ok: 0,
        busy: 0,
        timed_out: 0,
        cancelled: 0,
        refused: 0,
        panicked: 0,
        aborted: 0,
    };
}

fn count(end: impl FnOnce(&mut Ends) -> &mut usize) {
    let mut ends = ENDS.get();
    *end(&mut ends) += 1;
    ENDS.set(ends);
}

struct Held(#[allow(dead_code, reason = "only there to take up memory")] Box<[u8; 256]>);

impl Held {
    fn new() -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self(Box::new([0; 256]))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
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
    Duration::from_millis(fastrand::u64(0..40))
}

async fn work() -> Result<(), Error> {
    let _held = Held::new();
    sleep(pause()).await;
    match fastrand::u8(..) {
        0..8 => panic!("at random"),
        8..64 => Err(Error::Busy),
        _ => Ok(()),
    }
}

/// What waits, holds and counts, in the recommended order.
#[cancellable(Scope::current())]
#[with_timeout(200ms, total, inherit)]
#[retry(attempts = 3, exponential(5ms), when = |error| matches!(error, Error::Busy), budget = &BUDGET)]
#[circuit_breaker(failure_rate = 0.9)]
#[rate_limit(20_000, per = 1s, wait = 50ms)]
#[with_timeout(35ms, attempt)]
#[concurrency_limit(semaphore = &LIMIT)]
async fn call() -> Result<(), Error> {
    work().await
}

#[with_timeout(150ms)]
#[hedge(after = 10ms, attempts = 3, budget = none)]
#[concurrency_limit(semaphore = &PERMITS, wait = 80ms)]
async fn hedged() -> Result<(), Error> {
    work().await
}

fn tally(out: Result<(), Error>) {
    count(|ends| match out {
        Ok(()) => &mut ends.ok,
        Err(Error::Busy) => &mut ends.busy,
        Err(Error::Stopped(stop)) if stop.is_timeout() => &mut ends.timed_out,
        Err(Error::Stopped(stop)) if stop.is_cancelled() => &mut ends.cancelled,
        Err(Error::Stopped(_)) => &mut ends.refused,
    });
}

fn flat(out: Result<Result<(), Error>, Stopped>) -> Result<(), Error> {
    out?
}

/// One of the lives that a task can have.
async fn live(tasks: Tasks) {
    let _held = Held::new();
    let out = match fastrand::u8(..8) {
        0 => call().await,
        1 => hedged().await,
        // Dropped at whatever await it stands at.
        2 => flat(call().with_timeout(pause()).await),
        3 => flat(hedged().with_timeout(pause()).await),
        4 => {
            let scope = Scope::current().child().with_timeout(pause());
            flat(scope.run(call()).await)
        }
        5 => {
            let scope = Scope::current().child();
            let stop = async {
                sleep(pause()).await;
                scope.cancel("the storm");
            };
            flat(tokio::join!(scope.run(call()), stop).0)
        }
        // Its caller leaves; it goes on.
        6 => flat(shield(call()).with_timeout(pause()).await),
        _ => {
            let inner = tasks.spawn_limited(&SPAWNED, "inner", call()).await;
            match inner.await {
                Ok(out) => out,
                Err(error) => {
                    return count(|ends| {
                        if error.is_panic() {
                            &mut ends.panicked
                        } else {
                            &mut ends.aborted
                        }
                    });
                }
            }
        }
    };
    tally(out);
}

async fn wave(tasks: &Tasks) {
    let mut spawned = Vec::with_capacity(WAVE);
    for _ in 0..WAVE {
        let handle = tasks.spawn("life", live(tasks.clone()));
        match fastrand::u8(..8) {
            0 => {
                let abort = handle.abort_handle().unwrap();
                sleep(Duration::from_millis(1)).await;
                abort.abort();
                spawned.push(handle);
            }
            1 => detach(handle, "the group waits for it"),
            _ => spawned.push(handle),
        }
    }
    for handle in spawned {
        if let Err(error) = handle.await {
            count(|ends| {
                if error.is_panic() {
                    &mut ends.panicked
                } else {
                    &mut ends.aborted
                }
            });
        }
    }
    while !tasks.is_empty() {
        sleep(Duration::from_millis(1)).await;
    }
    shielded_idle().await;
    nothing_is_held();
    // Only this test's own future is left.
    tokio::task::yield_now().await;
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

fn nothing_is_held() {
    assert_eq!(ALIVE.get(), 0);
    assert_eq!((LIMIT.in_use(), LIMIT.waiting()), (0, 0));
    assert_eq!((SPAWNED.in_use(), SPAWNED.waiting()), (0, 0));
    assert_eq!((PERMITS.available_permits(), shielded()), (16, 0));
}

/// The storm at the end: all at once, in the middle of everything.
async fn last_wave(tasks: Tasks) {
    for n in 0..LAST {
        let group = tasks.clone();
        let caught = async move {
            let _held = Held::new();
            while !Scope::current().is_cancelled() {
                // A panic of one of them is not to end this.
                drop(group.spawn("inner", live(group.clone())).await);
            }
        };
        match n < DEAF {
            true => detach(
                tasks.spawn("deaf", std::future::pending::<()>()),
                "it hears nobody",
            ),
            false => detach(tasks.spawn("caught", caught), "the group waits for it"),
        }
    }
    sleep(Duration::from_millis(100)).await;
    let (start, drain) = (
        Instant::now(),
        Drain {
            finish: Duration::from_millis(300),
            cancel: Duration::from_secs(4),
        },
    );
    let drained = tasks.shutdown(drain).await;
    assert_eq!(start.elapsed(), drain.finish + drain.cancel);
    assert_eq!(drained.laggards().len(), DEAF);
    assert!(drained.laggards().iter().all(|laggard| laggard.name() == "deaf"));
    shielded_idle().await;
    assert!(tasks.is_empty());
    nothing_is_held();
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap()
}

#[test]
fn a_hundred_thousand_tasks_leave_not_a_byte() {
    // A thousand panics are meant; their texts are not worth reading.
    std::panic::set_hook(Box::new(|info| {
        if info.payload_as_str() != Some("at random") {
            eprintln!("{info}");
        }
    }));
    let begun = std::time::Instant::now();
    fastrand::seed(SEED);
    // What is made once in a thread or a process: thread-locals, statics.
    runtime().block_on(wave(&Tasks::new()));
    ENDS.set(Ends::NONE);

    let left = allocation_counter::measure(|| {
        let runtime = runtime();
        let tasks = Tasks::new();
        // The first wave makes the queues as long as they get.
        runtime.block_on(wave(&tasks));
        let kept = allocation_counter::measure(|| {
            runtime.block_on(async {
                for _ in 1..WAVES {
                    wave(&tasks).await;
                    assert!(begun.elapsed() < AT_MOST, "{:?}", ENDS.get());
                }
            });
        });
        assert!(kept.bytes_current.abs() < KEPT, "{kept:?}");
        runtime.block_on(last_wave(tasks));
    });
    assert_eq!((left.bytes_current, left.count_current), (0, 0), "{left:?}");
    // Everything has happened, and often.
    let ends = ENDS.get();
    let Ends {
        ok,
        busy,
        timed_out,
        cancelled,
        refused,
        panicked,
        aborted,
    } = ends;
    for times in [ok, busy, timed_out, cancelled, refused, panicked, aborted] {
        assert!(times > 500, "{ends:?}");
    }
    assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
    println!("{ends:?} in {:?}", begun.elapsed());
}
