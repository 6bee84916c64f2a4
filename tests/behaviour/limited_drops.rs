//! Dropped or panicked anywhere under a limit: no slot, no place in line and no turn is lost.

use crate::crowd::Crowd;
use crate::support::{Counted, Error, Runs, ms, sleep, timed};
use etiquette::{
    ConcurrencyLimit, KeyedConcurrencyLimit, RateLimit, concurrency_limit, rate_limit, retry, with_timeout,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Waits for its turn until 10, for a slot until 20, runs until 30, pauses until 35, and so on.
#[with_timeout(10s, total)]
#[retry(attempts = 3, constant(5ms), jitter = none, budget = none, clone(held))]
#[rate_limit(limiter = rate)]
#[concurrency_limit(semaphore = places)]
#[concurrency_limit(semaphore = hosts, key = "a")]
#[with_timeout(30ms, attempt)]
async fn full(
    rate: Arc<RateLimit>,
    places: Arc<ConcurrencyLimit>,
    hosts: Arc<KeyedConcurrencyLimit>,
    held: Counted,
    runs: &Runs,
) -> Result<u32, Error> {
    let _inside = held;
    runs.next();
    sleep(ms(10)).await;
    Err(Error::Busy)
}

#[tokio::test(start_paused = true)]
async fn dropped_at_every_millisecond_nothing_is_left() {
    for at in 0..100 {
        let rate = Arc::new(RateLimit::new(1, ms(10)));
        let places = Arc::new(ConcurrencyLimit::new(1));
        let hosts = Arc::new(KeyedConcurrencyLimit::new(1).max_keys(1));
        let (held, runs) = (Counted::default(), Runs::new());
        assert!(rate.try_acquire().is_ok());
        let slot = places.clone();
        let other = tokio::spawn(async move {
            let _slot = slot.acquire().await;
            sleep(ms(20)).await;
        });
        tokio::task::yield_now().await;
        let call = full(rate.clone(), places.clone(), hosts.clone(), held.clone(), &runs);
        let out = timeout(ms(at), call).await;
        // A turn at 10 and a slot at 20; then at 35 and 50, when it has its turn at once.
        let begins = [20, 35, 50].iter().filter(|begins| at > **begins).count();
        let over = at >= 60;
        assert_eq!(out.is_ok(), over, "{at}");
        assert!(
            runs.count() as usize - begins <= 1,
            "dropped at {at} ms: {}",
            runs.count()
        );
        assert_eq!((held.others(), rate.waiting()), (0, 0), "dropped at {at} ms");
        assert_eq!(
            (places.waiting(), hosts.waiting("a"), hosts.available("a")),
            (0, 0, 1)
        );
        other.await.unwrap();
        assert_eq!(
            (places.in_use(), places.available()),
            (0, 1),
            "dropped at {at} ms"
        );
        // The key is asked for when the slot above is there; at 20 that is a matter of who is polled first.
        assert!(
            at == 20 || hosts.keys() == usize::from(at > 20),
            "dropped at {at} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_before_the_first_poll_nothing_is_taken() {
    static RATE: RateLimit = RateLimit::new(1, Duration::from_secs(60));
    #[rate_limit(limiter = &RATE, wait = none)]
    #[concurrency_limit(1, wait = none)]
    async fn call(held: Counted) -> Result<(), Error> {
        drop(held);
        Ok(())
    }
    let held = Counted::default();
    for _ in 0..3 {
        drop(call(held.clone()));
    }
    assert_eq!((held.others(), RATE.tokens()), (0, 1));
    assert_eq!(call(held).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn a_panic_frees_the_slot_and_the_line() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(1);
    #[concurrency_limit(semaphore = &PLACES, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        assert_ne!(number, 1, "the test's own panic");
        Ok(())
    }
    let crowd = Crowd::new();
    let bad = tokio::spawn(call(crowd.clone(), 1));
    tokio::task::yield_now().await;
    assert_eq!(timed(call(crowd.clone(), 2)).await, (Ok(()), ms(20)));
    assert!(bad.await.unwrap_err().is_panic());
    assert_eq!((PLACES.available(), PLACES.waiting(), crowd.inside()), (1, 0, 0));
}

/// A value that is made in the place of a refused call may panic too.
#[tokio::test(start_paused = true)]
async fn a_panic_in_an_option_takes_nothing() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(1);
    static RATE: RateLimit = RateLimit::new(1, Duration::from_secs(60));
    fn fails<T>() -> T {
        panic!("the test's own panic")
    }
    #[concurrency_limit(semaphore = &PLACES, wait = fails::<Duration>())]
    async fn places() -> Result<(), Error> {
        Ok(())
    }
    #[concurrency_limit(semaphore = &PLACES, wait = none, error = |_| fails())]
    async fn mapper() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    #[rate_limit(limiter = &RATE, wait = fails::<Duration>())]
    async fn rate() -> Result<(), Error> {
        Ok(())
    }
    assert!(tokio::spawn(places()).await.unwrap_err().is_panic());
    assert!(tokio::spawn(rate()).await.unwrap_err().is_panic());
    assert_eq!((PLACES.available(), PLACES.waiting(), RATE.tokens()), (1, 0, 1));
    let first = tokio::spawn(mapper());
    tokio::task::yield_now().await;
    assert!(tokio::spawn(mapper()).await.unwrap_err().is_panic());
    assert_eq!(first.await.unwrap(), Ok(()));
    assert_eq!((PLACES.available(), PLACES.waiting()), (1, 0));
}

/// The body is gone before the next may begin, and before the value of who was refused is made.
#[tokio::test(start_paused = true)]
async fn the_body_is_dropped_before_its_slot_is_free() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(1);
    struct Last;
    impl Drop for Last {
        fn drop(&mut self) {
            assert_eq!(PLACES.available(), 0, "somebody else may be inside already");
        }
    }
    #[concurrency_limit(semaphore = &PLACES, wait = forever)]
    async fn call(time: u64) -> Result<(), Error> {
        let _last = Last;
        sleep(ms(time)).await;
        Ok(())
    }
    assert_eq!(call(0).await, Ok(()));
    assert_eq!(call(5).await, Ok(()));
    assert!(timeout(ms(5), call(10)).await.is_err());
    assert_eq!(PLACES.available(), 1);
}
