//! `testing::no_delays`, `cap_attempts`, `jitter_fixed` and `seed`: for the test, as long as the guard is kept.

use crate::support::{Error, ms, secs, timed};
use etiquette::{Drain, Every, First, Tasks, cancellable, retry, retrying, testing};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Barrier};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[retry(attempts = 4, delays(1s, 2s, 4s))]
async fn fetch() -> Result<u32, Error> {
    Err(Error::Busy)
}

#[retry(attempts = 2, delays(1s))]
async fn told() -> Result<u32, Error> {
    Err(Error::Later(secs(30)))
}

async fn takes() -> Duration {
    let (out, took) = timed(fetch()).await;
    assert_eq!(out, Err(Error::Busy));
    took
}

#[etiquette::test(paused)]
async fn without_delays_nothing_is_waited_for() {
    assert_eq!(takes().await, secs(7));
    let recorder = testing::Recorder::install();
    {
        let _quick = testing::no_delays();
        assert_eq!(takes().await, Duration::ZERO);
        recorder.of("fetch").assert_at([
            (0, "attempt 1"),
            (0, "retry in 0ns after error: busy"),
            (0, "attempt 2"),
            (0, "retry in 0ns after error: busy"),
            (0, "attempt 3"),
            (0, "retry in 0ns after error: busy"),
            (0, "attempt 4"),
            (0, "gave up after attempt 4: attempts"),
        ]);
        // A server's hint is not waited for either.
        assert_eq!(timed(told()).await, (Err(Error::Later(secs(30))), Duration::ZERO));
    }
    assert_eq!(takes().await, secs(7));
    assert_eq!(timed(told()).await.1, secs(30));
}

#[etiquette::test(paused)]
async fn a_hint_that_is_too_long_is_still_too_long() {
    #[retry(attempts = 2, delays(1s), max_hint = 10s)]
    async fn short_of_patience() -> Result<u32, Error> {
        Err(Error::Later(secs(30)))
    }
    let _quick = testing::no_delays();
    let recorder = testing::Recorder::install();
    assert!(short_of_patience().await.is_err());
    recorder.assert_eq([
        "short_of_patience: attempt 1",
        "short_of_patience: gave up after attempt 1: hint",
    ]);
}

#[etiquette::test(paused)]
async fn a_pause_of_no_length_always_fits() {
    const PAUSE: Duration = secs(10);
    #[retry(attempts = 3, constant(PAUSE), jitter = none, max_elapsed = 5s)]
    async fn hurried() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let attempts = async || {
        let recorder = testing::Recorder::install();
        hurried().await.unwrap_err();
        recorder.of("hurried").count("attempt")
    };
    assert_eq!(attempts().await, 1);
    let _quick = testing::no_delays();
    assert_eq!(attempts().await, 3);
}

/// How many attempts there are.
async fn attempts() -> usize {
    let recorder = testing::Recorder::install();
    fetch().await.unwrap_err();
    recorder.of("fetch").count("attempt")
}

#[etiquette::test(paused)]
async fn the_latest_cap_holds_and_then_the_one_before() {
    assert_eq!(attempts().await, 4);
    let three = testing::cap_attempts(3);
    assert_eq!(attempts().await, 3);
    {
        let _one = testing::cap_attempts(0); // means 1
        assert_eq!(attempts().await, 1);
    }
    assert_eq!(attempts().await, 3);
    // Nobody gets more than they have.
    let _many = testing::cap_attempts(100);
    assert_eq!(attempts().await, 4);
    drop(three);
    assert_eq!(attempts().await, 4);
}

#[etiquette::test(paused)]
async fn a_cap_ends_what_is_endless_and_the_body_knows() {
    #[cancellable]
    #[retry(attempts = forever, constant(1s), attempt = at)]
    async fn connect(stop: &CancellationToken) -> Result<u32, Error> {
        assert_eq!((at.of, at.is_last), (Some(2), at.number == 2));
        Err(Error::Busy)
    }
    let _two = testing::cap_attempts(2);
    let recorder = testing::Recorder::install();
    assert_eq!(connect(&CancellationToken::new()).await, Err(Error::Busy));
    assert_eq!(recorder.of("connect").count("attempt"), 2);
    let runs = AtomicU32::new(0);
    let block = retrying!(
        attempts = forever,
        constant(1s),
        when = any,
        budget = none,
        async {
            runs.fetch_add(1, Relaxed);
            Err::<u32, _>(Error::Busy)
        }
    );
    assert_eq!(block.await, Err(Error::Busy));
    assert_eq!(runs.load(Relaxed), 2);
}

// What is cloned for all runs but the last is given away in the last: which that is does not change in between.
#[etiquette::test(paused)]
async fn a_cap_is_that_of_the_beginning_of_a_call() {
    #[retry(attempts = 3, delays(1s), clone(name))]
    async fn consume(name: String) -> Result<String, Error> {
        drop(name);
        Err(Error::Busy)
    }
    let recorder = testing::Recorder::install();
    let call = consume("a".to_owned());
    let three = tokio::spawn(call);
    tokio::time::sleep(ms(500)).await;
    let two = testing::cap_attempts(2);
    assert!(three.await.unwrap().is_err());
    assert_eq!(recorder.of("consume").count("attempt"), 3);
    recorder.clear();
    let call = tokio::spawn(consume("b".to_owned()));
    tokio::time::sleep(ms(500)).await;
    drop(two);
    assert!(call.await.unwrap().is_err());
    assert_eq!(recorder.of("consume").count("attempt"), 2);
}

#[etiquette::test(paused)]
async fn a_panic_takes_them_back() {
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _quick = testing::no_delays();
        let _one = testing::cap_attempts(1);
        let _half = testing::jitter_fixed(0.5);
        panic!("on purpose");
    }));
    assert!(panicked.is_err());
    assert_eq!(takes().await, secs(7));
    assert_eq!(attempts().await, 4);
}

// On a real clock: several threads cannot share a paused one. Twenty pauses of ten seconds would not go unnoticed.
#[etiquette::test(flavor = "multi_thread", worker_threads = 3)]
async fn they_hold_on_all_threads_and_for_all_tasks(tasks: Tasks) {
    #[retry(attempts = 5, constant(10s), jitter = none)]
    async fn slowly() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let _quick = testing::no_delays();
    let _two = testing::cap_attempts(2);
    let recorder = testing::Recorder::install();
    let mut handles = Vec::new();
    for _ in 0..10 {
        handles.push(tasks.spawn("slowly", async { slowly().await.is_err() }));
    }
    for handle in handles {
        assert!(handle.await.unwrap());
    }
    let others: Vec<_> = (0..10).map(|_| tokio::spawn(slowly())).collect();
    for other in others {
        assert!(other.await.unwrap().is_err());
    }
    assert_eq!(recorder.of("slowly").count("attempt"), 40);
    assert_eq!(recorder.of("slowly").count("retry in 0ns"), 20);
    tasks.shutdown(Drain::default()).await.into_result().unwrap();
}

/// Two tests at once, of which one has set something: both are in their bodies at the same time.
#[test]
#[allow(unnameable_test_items, reason = "called by this one")]
fn tests_in_parallel_do_not_see_each_other() {
    static BOTH: Barrier = Barrier::new(2);

    #[etiquette::test(paused)]
    async fn one() {
        let _quick = testing::no_delays();
        let _one = testing::cap_attempts(1);
        BOTH.wait();
        assert_eq!(attempts().await, 1);
        BOTH.wait();
    }

    #[etiquette::test(paused)]
    async fn other() {
        BOTH.wait();
        assert_eq!(takes().await, secs(7));
        assert_eq!(attempts().await, 4);
        BOTH.wait();
    }

    let one = std::thread::spawn(one);
    other();
    one.join().unwrap();
}

#[tokio::test(start_paused = true)]
async fn without_a_world_they_hold_for_the_thread() {
    let _one = testing::cap_attempts(1);
    assert_eq!(takes().await, Duration::ZERO);
    let elsewhere = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(takes())
    });
    assert_eq!(elsewhere.join().unwrap(), secs(7));
}

#[retry(attempts = 3, exponential(100ms), jitter = full)]
async fn jittered() -> Result<u32, Error> {
    Err(Error::Busy)
}

async fn jitter() -> Duration {
    timed(jittered()).await.1
}

#[etiquette::test(paused)]
async fn fixed_jitter_is_exact() {
    for (chance, takes) in [
        (0.0, 0),
        (0.5, 150),
        (1.0, 300),
        (7.0, 300),
        (-1.0, 0),
        (f64::NAN, 0),
    ] {
        let _fixed = testing::jitter_fixed(chance);
        assert_eq!(jitter().await, ms(takes), "{chance}");
    }
}

#[etiquette::test(paused)]
async fn a_seed_draws_the_same_again() {
    let drawn = async |seed| {
        let _seeded = testing::seed(seed);
        let first = jitter().await;
        // The second call goes on where the first has ended.
        (first, jitter().await)
    };
    let (first, second) = drawn(1).await;
    assert_ne!(first, second);
    assert_eq!(drawn(1).await, (first, second));
    assert_ne!(drawn(2).await, (first, second));
    // The latest holds, of either kind.
    let _fixed = testing::jitter_fixed(0.5);
    assert_eq!(jitter().await, ms(150));
    assert_eq!(drawn(1).await, (first, second));
    assert_eq!(jitter().await, ms(150));
}

#[etiquette::test(paused)]
async fn periodic_tasks_are_late_as_set(tasks: Tasks) {
    let _whole = testing::jitter_fixed(1.0);
    let rounds = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&rounds);
    let every = Every::new(secs(10)).first(First::Now).jitter(0.2);
    let _task = tasks.every("poll", every, move || {
        let rounds = Arc::clone(&counted);
        async move {
            rounds.fetch_add(1, Relaxed);
            Ok::<(), Error>(())
        }
    });
    tokio::time::sleep(ms(1_999)).await;
    assert_eq!(rounds.load(Relaxed), 0);
    tokio::time::sleep(ms(2)).await;
    assert_eq!(rounds.load(Relaxed), 1);
    tasks.shutdown(Drain::default()).await.into_result().unwrap();
}
