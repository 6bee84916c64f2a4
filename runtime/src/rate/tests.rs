//! A rate: how many at once and how many after that, by whichever clock.

mod cell;

use std::thread;

use tokio::{
    runtime::Builder,
    time::{Instant, advance, sleep},
};

use super::*;

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

fn take_all<C: Clock>(limit: &RateLimit<C>) -> u64 {
    (0..).take_while(|_| limit.try_acquire().is_ok()).count() as u64
}

#[tokio::test(start_paused = true)]
async fn a_burst_and_then_the_rate() {
    let limit = RateLimit::new(10, SECOND).burst(3);
    assert_eq!(limit.tokens(), 3);
    assert_eq!(take_all(&limit), 3);
    assert_eq!(limit.tokens(), 0);
    assert_eq!(limit.try_acquire(), Err(100 * MS));
    advance(99 * MS).await;
    assert_eq!(limit.try_acquire(), Err(MS));
    advance(MS).await;
    assert_eq!((limit.tokens(), take_all(&limit)), (1, 1));
    advance(250 * MS).await;
    assert_eq!((limit.tokens(), take_all(&limit)), (2, 2));
    // The half is not lost.
    assert_eq!(limit.try_acquire(), Err(50 * MS));
    advance(3_600 * SECOND).await;
    assert_eq!((limit.tokens(), take_all(&limit)), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn the_burst_is_the_rate_unless_given() {
    let limit = RateLimit::new(10, SECOND);
    assert_eq!(take_all(&limit), 10);
    limit.reset();
    limit.set(20, SECOND);
    assert_eq!(take_all(&limit), 20);
    let limit = RateLimit::new(10, SECOND).burst(3);
    limit.set(20, SECOND);
    assert_eq!(take_all(&limit), 3);
    limit.set_burst(5);
    limit.reset();
    assert_eq!(take_all(&limit), 5);
}

#[tokio::test(start_paused = true)]
async fn rounds_up() {
    // A third of a second is not a whole number of nanoseconds.
    let limit = RateLimit::new(3, SECOND).burst(1);
    assert_eq!(limit.try_acquire(), Ok(()));
    assert_eq!(limit.try_acquire(), Err(Duration::from_nanos(333_333_334)));
}

#[tokio::test(start_paused = true)]
async fn is_const_and_zero_counts_as_one() {
    static NOTHING: RateLimit = RateLimit::new(0, SECOND).burst(0);
    static NO_TIME: RateLimit = RateLimit::new(1, Duration::ZERO);
    static EVER: RateLimit = RateLimit::new(1, Duration::MAX);
    assert_eq!((NOTHING.tokens(), take_all(&NOTHING)), (1, 1));
    assert_eq!(NOTHING.try_acquire(), Err(SECOND));
    NOTHING.set(0, 2 * SECOND);
    NOTHING.set_burst(0);
    assert_eq!(NOTHING.try_acquire(), Err(2 * SECOND));
    assert_eq!(NO_TIME.try_acquire(), Ok(()));
    assert_eq!(NO_TIME.try_acquire(), Err(Duration::from_nanos(1)));
    assert_eq!(take_all(&EVER), 1);
}

#[tokio::test(start_paused = true)]
async fn what_has_started_stays_counted_when_the_rate_changes() {
    let limit = RateLimit::new(10, SECOND).burst(4);
    for _ in 0..3 {
        assert_eq!(limit.try_acquire(), Ok(()));
    }
    limit.set(1, SECOND);
    assert_eq!((limit.tokens(), take_all(&limit)), (1, 1));
    assert_eq!(limit.try_acquire(), Err(SECOND));
    limit.set(100, SECOND);
    assert_eq!(limit.try_acquire(), Err(10 * MS));
    // Four were taken; of a burst of two, that is all.
    limit.set_burst(2);
    assert_eq!(limit.try_acquire(), Err(10 * MS));
    limit.set_burst(6);
    assert_eq!(take_all(&limit), 4);
}

#[test]
fn the_paused_clock_of_another_test_starts_anew() {
    static LIMIT: RateLimit = RateLimit::new(1, SECOND);
    let test = |ahead: Duration| {
        let mut runtime = Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            advance(ahead).await;
            assert_eq!(LIMIT.try_acquire(), Ok(()));
            assert!(LIMIT.try_acquire().is_err());
        });
    };
    test(3_600 * SECOND);
    test(Duration::ZERO);
}

/// In real time, since that is what this clock has.
#[tokio::test]
async fn the_monotonic_clock_knows_no_pause() {
    let limit = RateLimit::with_clock(1, 20 * MS, MonotonicClock);
    assert_eq!(limit.try_acquire(), Ok(()));
    let start = std::time::Instant::now();
    let wait = limit.try_acquire().unwrap_err();
    assert!(wait <= 20 * MS);
    limit.acquire().await;
    assert!(start.elapsed() + MS >= wait);
    assert!(limit.try_acquire().is_err());
}

#[test]
fn a_clock_of_ones_own() {
    struct Manual(AtomicU64);
    impl Clock for Manual {
        fn now(&self) -> u64 {
            self.0.load(Relaxed)
        }
    }
    let limit = RateLimit::with_clock(1, SECOND, Manual(AtomicU64::new(0)));
    assert_eq!(take_all(&limit), 1);
    limit.clock.0.store(999_999_999, Relaxed);
    assert_eq!(limit.try_acquire(), Err(Duration::from_nanos(1)));
    limit.clock.0.store(1_000_000_000, Relaxed);
    assert_eq!(take_all(&limit), 1);
}

#[test]
fn threads_neither_lose_nor_invent_calls() {
    static LIMIT: RateLimit = RateLimit::new(1, Duration::from_secs(86_400)).burst(10_000);
    let started: u64 = thread::scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(|| take_all(&LIMIT)));
        threads.map(|thread| thread.join().unwrap()).iter().sum()
    });
    assert_eq!(started, 10_000);
}

#[tokio::test(start_paused = true)]
async fn waits_for_its_turn() {
    let limit = RateLimit::new(10, SECOND).burst(2);
    let start = Instant::now();
    let mut began = Vec::new();
    for _ in 0..5 {
        limit.acquire().await;
        began.push(start.elapsed());
    }
    assert_eq!(began, [0, 0, 100, 200, 300].map(Duration::from_millis));
    sleep(150 * MS).await;
    limit.acquire().await;
    assert_eq!(start.elapsed(), 450 * MS);
}
