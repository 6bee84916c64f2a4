//! Whose rate it is: `limiter =`, `key =`, a rate that changes, two rates, another clock.

use crate::crowd::{Crowd, in_order};
use crate::support::{Error, after, ms, secs, sleep, stop_of, timed};
use etiquette::{KeyedRateLimit, MonotonicClock, RateLimit, rate_limit};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_limiter_wherever_it_is() {
    static OURS: RateLimit = RateLimit::new(1, MINUTE);
    static LAZY: LazyLock<Arc<RateLimit>> = LazyLock::new(|| Arc::new(RateLimit::new(1, MINUTE)));
    struct Client {
        rate: RateLimit,
        shared: Arc<RateLimit>,
    }
    impl Client {
        #[rate_limit(limiter = self.rate, wait = none)]
        async fn field(&self) -> Result<u64, Error> {
            Ok(self.rate.tokens())
        }
        #[rate_limit(limiter = self.shared.clone(), wait = none)]
        async fn handle(&mut self) -> Result<u64, Error> {
            self.rate = RateLimit::new(1, MINUTE);
            Ok(self.shared.tokens())
        }
    }
    #[rate_limit(limiter = OURS, wait = none)]
    async fn read() -> Result<u64, Error> {
        Ok(1)
    }
    #[rate_limit(limiter = &OURS, wait = none)]
    async fn write() -> Result<u64, Error> {
        Ok(2)
    }
    #[rate_limit(limiter = *LAZY, wait = none)]
    async fn lazy() -> Result<u64, Error> {
        Ok(3)
    }
    #[rate_limit(limiter = rate, wait = none)]
    async fn argument(rate: Arc<RateLimit>) -> Result<u64, Error> {
        Ok(rate.tokens())
    }
    let mut client = Client {
        rate: RateLimit::new(1, MINUTE),
        shared: Arc::new(RateLimit::new(1, MINUTE)),
    };
    assert_eq!(client.field().await, Ok(0));
    assert!(stop_of(client.field().await).is_refusal());
    assert_eq!(client.handle().await, Ok(0));
    assert!(stop_of(client.handle().await).is_refusal());
    // Shared between functions.
    assert_eq!(read().await, Ok(1));
    assert!(stop_of(write().await).is_refusal());
    OURS.reset();
    assert_eq!(write().await, Ok(2));
    assert_eq!(lazy().await, Ok(3));
    assert!(lazy().await.is_err());
    let rate = Arc::new(RateLimit::new(2, MINUTE));
    assert_eq!(argument(rate.clone()).await, Ok(1));
    assert_eq!(argument(rate.clone()).await, Ok(0));
    assert!(argument(rate.clone()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_rate_may_change_at_run_time_and_those_who_wait_notice() {
    static RATE: RateLimit = RateLimit::new(10, Duration::from_secs(1)).burst(1);
    #[rate_limit(limiter = &RATE, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        Ok(())
    }
    let crowd = Crowd::new();
    after(ms(250), || RATE.set(1, Duration::from_secs(1)));
    after(ms(2_000), || RATE.set(100, Duration::from_secs(1)));
    after(ms(2_008), || RATE.set_burst(2));
    in_order((0..9).map(|number| call(crowd.clone(), number))).await;
    let times: Vec<u64> = crowd.began_ms().iter().map(|(_, at)| *at).collect();
    // Every 100; from 250 on, half way through, every 1000; from 2000 on, a quarter of the way still to go, every 10;
    // at 2008 a burst of two lets one more go at once.
    assert_eq!(times, [0, 100, 200, 750, 1_750, 2_008, 2_008, 2_018, 2_028]);
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own_rate() {
    #[rate_limit(10, per = 1s, burst = 1, key = tenant, wait = forever)]
    async fn call(tenant: String, crowd: Arc<Crowd>, number: u32) -> Result<usize, Error> {
        let _inside = crowd.enter(number);
        Ok(tenant.into_bytes().len())
    }
    let crowd = Crowd::new();
    let call = |tenant: &str, number| call(tenant.to_owned(), crowd.clone(), number);
    in_order([call("a", 1), call("a", 2), call("b", 3), call("a", 4)]).await;
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 0), (2, 100), (4, 200)]);
}

#[tokio::test(start_paused = true)]
async fn keys_are_bounded_and_what_one_has_used_is_never_forgotten() {
    static TENANTS: KeyedRateLimit = KeyedRateLimit::new(1, MINUTE).max_keys(10);
    #[rate_limit(limiter = &TENANTS, key = tenant, wait = none)]
    async fn call(tenant: u32) -> Result<(), Error> {
        Ok(())
    }
    for tenant in 0..10 {
        assert_eq!(call(tenant).await, Ok(()));
    }
    // No room: all others share one limit.
    assert_eq!(call(10).await, Ok(()));
    for tenant in 0..1_000 {
        assert!(stop_of(call(tenant).await).is_refusal(), "{tenant}");
        assert_eq!(TENANTS.keys(), 10);
    }
    sleep(MINUTE).await;
    // All of them are as good as new, and make room.
    for tenant in 500..510 {
        assert_eq!(call(tenant).await, Ok(()));
    }
    assert_eq!(
        (TENANTS.keys(), TENANTS.tokens(&500_u32), TENANTS.tokens(&1_u32)),
        (10, 0, 1)
    );
}

/// "Ten a second, and a hundred a minute", and one for each tenant.
#[tokio::test(start_paused = true)]
async fn two_rates_and_one_for_each_key_around_one_body() {
    #[rate_limit(6, per = 1m, wait = none)]
    #[rate_limit(2, per = 1s, wait = none)]
    #[rate_limit(1, per = 1s, key = tenant, wait = none)]
    async fn call(tenant: u32) -> Result<u32, Error> {
        Ok(tenant)
    }
    // A call that is refused below has taken what it was given above: 1, 2 and 3 are such calls.
    assert_eq!(call(0).await, Ok(0));
    assert_eq!(stop_of(call(0).await).retry_after(), Some(secs(1)));
    assert_eq!(stop_of(call(1).await).retry_after(), Some(ms(500)));
    sleep(secs(1)).await;
    assert_eq!(call(0).await, Ok(0));
    assert_eq!(call(1).await, Ok(1));
    assert_eq!(stop_of(call(2).await).retry_after(), Some(ms(500)));
    sleep(secs(1)).await;
    // Six have been at the outermost.
    assert_eq!(stop_of(call(3).await).retry_after(), Some(secs(8)));
}

/// Tokio's clock runs ahead and this one does not: an hour is enough for a burst by the one, and nothing by the other.
#[tokio::test(start_paused = true)]
async fn the_monotonic_clock_knows_no_pause() {
    static TOKIOS: RateLimit = RateLimit::new(1, MINUTE);
    static MONOTONIC: RateLimit<MonotonicClock> = RateLimit::with_clock(1, MINUTE, MonotonicClock);
    static KEYED: KeyedRateLimit<MonotonicClock> = KeyedRateLimit::with_clock(1, MINUTE, MonotonicClock);
    #[rate_limit(limiter = &TOKIOS, wait = none)]
    async fn by_tokios() -> Result<(), Error> {
        Ok(())
    }
    #[rate_limit(limiter = &MONOTONIC, wait = none)]
    async fn by_std() -> Result<(), Error> {
        Ok(())
    }
    #[rate_limit(limiter = &KEYED, key = "a", wait = none)]
    async fn by_std_and_key() -> Result<(), Error> {
        Ok(())
    }
    assert!(by_tokios().await.is_ok() && by_std().await.is_ok() && by_std_and_key().await.is_ok());
    sleep(secs(3_600)).await;
    assert!(by_tokios().await.is_ok());
    let left = stop_of(by_std().await).retry_after().unwrap();
    assert!(left <= MINUTE && left > MINUTE / 2, "{left:?}");
    assert!(by_std_and_key().await.is_err());
}

/// In real time, since that is what this clock has: twenty milliseconds of it.
#[tokio::test]
async fn a_wait_by_the_monotonic_clock_is_as_long_as_it_says() {
    static RATE: RateLimit<MonotonicClock> =
        RateLimit::with_clock(1, Duration::from_millis(20), MonotonicClock);
    #[rate_limit(limiter = &RATE, wait = 1s)]
    async fn call() -> Result<std::time::Instant, Error> {
        Ok(std::time::Instant::now())
    }
    let first = call().await.unwrap();
    let (second, _) = timed(call()).await;
    // A millisecond for the time between taking the turn and looking at the clock in the body.
    assert!(second.unwrap() - first + ms(1) >= ms(20));
}
