//! `#[rate_limit]`: at most so many calls begin in a stretch of time, and the others wait for their turn.

use crate::crowd::{Crowd, Seeded, in_order};
use crate::support::{Error, after, ms, poll_without_runtime, secs, sleep, stop_of, timed};
use etiquette::{RateLimit, RateLimited, Stopped, rate_limit};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

#[tokio::test(start_paused = true)]
async fn a_burst_at_once_and_then_one_each_time_its_share_has_passed() {
    #[rate_limit(10, per = 1s, burst = 3, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        // How long a call takes does not matter.
        sleep(secs(1)).await;
        Ok(number)
    }
    let crowd = Crowd::new();
    in_order((0..6).map(|number| call(crowd.clone(), number))).await;
    assert_eq!(
        crowd.began_ms(),
        [(0, 0), (1, 0), (2, 0), (3, 100), (4, 200), (5, 300)]
    );
}

#[tokio::test(start_paused = true)]
async fn the_burst_is_the_rate_unless_it_is_written() {
    #[rate_limit(5, per = 1s, wait = none)]
    async fn call() -> Result<(), Error> {
        Ok(())
    }
    for _ in 0..5 {
        assert_eq!(call().await, Ok(()));
    }
    assert!(stop_of(call().await).is_refusal());
    // A fifth of a second is one call, and a long rest no more than a burst.
    sleep(ms(200)).await;
    assert!(call().await.is_ok() && call().await.is_err());
    sleep(secs(3_600)).await;
    for _ in 0..5 {
        assert_eq!(call().await, Ok(()));
    }
    assert!(call().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_none_is_refused_at_once_with_the_time_until_its_turn() {
    #[rate_limit(4, per = 1s, burst = 1, wait = none)]
    async fn call(crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        Ok(())
    }
    let crowd = Crowd::new();
    assert_eq!(call(&crowd, 1).await, Ok(()));
    sleep(ms(50)).await;
    let (out, waited) = timed(call(&crowd, 2)).await;
    let stop = stop_of(out);
    assert!(stop.is_refusal() && matches!(&stop, Stopped::RateLimited(_)));
    assert_eq!((stop.retry_after(), waited), (Some(ms(200)), ms(0)));
    assert_eq!(
        stop.to_string(),
        "call was refused: rate limit reached, retry after 200ms"
    );
    assert!(stop.operation().ends_with("rate_limit::call"));
    // It is as it says.
    sleep(ms(199)).await;
    assert_eq!(stop_of(call(&crowd, 3).await).retry_after(), Some(ms(1)));
    sleep(ms(1)).await;
    assert_eq!(call(&crowd, 4).await, Ok(()));
    assert_eq!(crowd.began_ms(), [(1, 0), (4, 250)]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_would_not_be_long_enough_is_not_begun() {
    #[rate_limit(10, per = 1s, burst = 1, wait = wait)]
    async fn call(wait: Duration, crowd: &Crowd, number: u32) -> Result<u32, Error> {
        let _inside = crowd.enter(number);
        Ok(number)
    }
    let crowd = Crowd::new();
    let (a, b, c, d, e) = tokio::join!(
        biased;
        timed(call(ms(0), &crowd, 1)),
        timed(call(ms(250), &crowd, 2)),
        timed(call(ms(250), &crowd, 3)),
        // Its turn would come after 300 ms.
        timed(call(ms(250), &crowd, 4)),
        timed(call(Duration::MAX, &crowd, 5)),
    );
    assert_eq!((a, b, c), ((Ok(1), ms(0)), (Ok(2), ms(100)), (Ok(3), ms(200))));
    assert_eq!((stop_of(d.0).retry_after(), d.1), (Some(ms(300)), ms(0)));
    assert_eq!(e, (Ok(5), ms(300)));
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_gives_up_has_taken_nothing_and_those_behind_move_up() {
    #[rate_limit(10, per = 1s, burst = 1, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        Ok(())
    }
    let crowd = Crowd::new();
    let gives_up = |number, at| {
        let crowd = crowd.clone();
        async move { timeout(ms(at), call(crowd, number)).await.is_ok() }
    };
    let out = in_order([
        gives_up(1, 1_000),
        gives_up(2, 50),
        gives_up(3, 1_000),
        gives_up(4, 150),
        gives_up(5, 1_000),
    ])
    .await;
    assert_eq!(out, [true, false, true, false, true]);
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 100), (5, 200)]);
}

#[tokio::test(start_paused = true)]
async fn nobody_gets_past_those_who_wait() {
    #[rate_limit(10, per = 1s, burst = 1, wait = wait)]
    async fn call(wait: Duration, crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        Ok(())
    }
    let crowd = Crowd::new();
    assert!(call(ms(0), &crowd, 1).await.is_ok());
    // Who tries is polled first, also in the moment of the other's turn.
    let (refused, waited) = tokio::join!(
        biased;
        async {
            let mut refused = 0;
            for _ in 0..150 {
                sleep(ms(1)).await;
                refused += u32::from(call(ms(0), &crowd, 3).await.is_err());
            }
            refused
        },
        timed(call(secs(1), &crowd, 2)),
    );
    assert_eq!((refused, waited), (150, (Ok(()), ms(100))));
    assert_eq!(crowd.began_ms(), [(1, 0), (2, 100)]);
}

#[tokio::test(start_paused = true)]
async fn over_any_window_no_more_than_the_rate_and_the_burst_begin() {
    for (seed, rate, per, burst) in [
        (1, 7, ms(100), 1),
        (2, 50, ms(20), 3),
        (3, 3, ms(1_000), 3),
        (4, 13, ms(77), 40),
    ] {
        let limiter = Arc::new(RateLimit::new(rate, per).burst(burst));
        #[rate_limit(limiter = limiter, wait = wait)]
        async fn call(limiter: Arc<RateLimit>, wait: Duration, crowd: Arc<Crowd>) -> Result<(), Error> {
            let _inside = crowd.enter(0);
            Ok(())
        }
        let (crowd, mut random) = (Crowd::new(), Seeded::new(seed));
        let span = u64::try_from(per.as_millis()).unwrap();
        let mut calls = Vec::new();
        for _ in 0..400 {
            // Now and then there is a rest.
            let pause = if random.below(20) == 0 {
                span
            } else {
                span / u64::from(rate)
            };
            sleep(ms(random.below(pause + 1))).await;
            let (wait, patience) = (ms(random.below(3 * span)), ms(random.below(4 * span)));
            let call = call(limiter.clone(), wait, crowd.clone());
            calls.push(tokio::spawn(async move { timeout(patience, call).await.is_ok() }));
        }
        for call in calls {
            call.await.unwrap();
        }
        let began: Vec<Duration> = crowd.began().iter().map(|(_, at)| *at).collect();
        assert!(began.len() > 100, "{seed}: {}", began.len());
        let mut most = 0;
        for from in &began {
            most = most.max(
                began
                    .iter()
                    .filter(|at| (*from..=*from + per).contains(at))
                    .count(),
            );
        }
        assert!(most <= (rate + burst) as usize, "{seed}: {most}");
        assert!(most >= rate as usize, "{seed}: too strict, {most}");
        assert_eq!(limiter.waiting(), 0);
    }
}

/// What a body costs that need not wait is a look at the clock: no timer, no runtime.
#[test]
fn a_call_that_need_not_wait_touches_no_timer() {
    #[rate_limit(100, per = 1s, wait = 1s)]
    async fn call() -> Result<u32, Error> {
        Ok(7)
    }
    assert_eq!(poll_without_runtime(call()), std::task::Poll::Ready(Ok(7)));
}

#[tokio::test(start_paused = true)]
async fn an_error_or_a_value_of_ones_own_for_who_is_refused() {
    #[rate_limit(1, per = 1m, wait = none, error = |stop: RateLimited| stop.retry_after(), name = "app::send")]
    async fn error() -> Result<u32, Option<Duration>> {
        Ok(1)
    }
    #[rate_limit(1, per = 1m, wait = none, or_return = None)]
    async fn value() -> Option<u32> {
        Some(1)
    }
    assert_eq!((error().await, error().await), (Ok(1), Err(Some(secs(60)))));
    assert_eq!((value().await, value().await), (Some(1), None));
}

#[tokio::test(start_paused = true)]
async fn counts_and_stretches_may_be_constants_and_nothing_counts_as_one() {
    const CALLS: i64 = 0;
    const PER: Duration = Duration::from_millis(300);
    #[rate_limit(CALLS, per = PER, burst = CALLS - 1, wait = forever)]
    async fn call() -> Result<(), Error> {
        Ok(())
    }
    let start = Instant::now();
    for _ in 0..3 {
        assert_eq!(call().await, Ok(()));
    }
    assert_eq!(start.elapsed(), ms(600));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_turns_out_too_long_ends_when_it_was_to_end() {
    static RATE: RateLimit = RateLimit::new(10, Duration::from_secs(1)).burst(1);
    #[rate_limit(limiter = &RATE, wait = 150ms)]
    async fn call() -> Result<(), Error> {
        Ok(())
    }
    assert_eq!(call().await, Ok(()));
    // After half of its interval, which is half of a second from then on.
    after(ms(50), || RATE.set(1, Duration::from_secs(1)));
    let (out, waited) = timed(call()).await;
    assert_eq!((stop_of(out).retry_after(), waited), (Some(ms(400)), ms(150)));
    assert_eq!(RATE.waiting(), 0);
}
