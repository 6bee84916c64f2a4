//! What both limits stand for, written by hand with Tokio alone, and the attribute: both are run through the same crowds,
//! and must agree on who ran, when, and how each call ended.

use crate::crowd::{Crowd, Seeded};
use crate::support::{Error, ms, sleep};
use etiquette::{AtCapacity, RateLimited, Stopped, concurrency_limit, rate_limit};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, sleep_until, timeout};

/// What a call does once it may.
async fn body(crowd: &Crowd, number: u32, time: u64) -> Result<(), Error> {
    let _inside = crowd.enter(number);
    if time > 0 {
        sleep(ms(time)).await;
    }
    if number % 7 == 3 { Err(Error::Busy) } else { Ok(()) }
}

mod annotated {
    use super::*;

    #[concurrency_limit(3, wait = 40ms, name = "call")]
    pub(super) async fn limited(crowd: Arc<Crowd>, number: u32, time: u64) -> Result<(), Error> {
        body(&crowd, number, time).await
    }

    #[concurrency_limit(3, wait = none, name = "call")]
    pub(super) async fn limited_without_a_wait(
        crowd: Arc<Crowd>,
        number: u32,
        time: u64,
    ) -> Result<(), Error> {
        body(&crowd, number, time).await
    }

    #[rate_limit(50, per = 1s, burst = 4, wait = forever, name = "call")]
    pub(super) async fn paced(crowd: Arc<Crowd>, number: u32, time: u64) -> Result<(), Error> {
        body(&crowd, number, time).await
    }

    #[rate_limit(50, per = 1s, burst = 4, wait = none, name = "call")]
    pub(super) async fn paced_without_a_wait(crowd: Arc<Crowd>, number: u32, time: u64) -> Result<(), Error> {
        body(&crowd, number, time).await
    }
}

mod hand {
    use super::*;

    pub(super) async fn limited(crowd: Arc<Crowd>, number: u32, time: u64) -> Result<(), Error> {
        static PLACES: Semaphore = Semaphore::const_new(3);
        match timeout(ms(40), PLACES.acquire()).await {
            Ok(Ok(_permit)) => body(&crowd, number, time).await,
            _ => Err(Stopped::from(AtCapacity::new("call", None)).into()),
        }
    }

    pub(super) async fn limited_without_a_wait(
        crowd: Arc<Crowd>,
        number: u32,
        time: u64,
    ) -> Result<(), Error> {
        static PLACES: Semaphore = Semaphore::const_new(3);
        match PLACES.try_acquire() {
            Ok(_permit) => body(&crowd, number, time).await,
            Err(_) => Err(Stopped::from(AtCapacity::new("call", None)).into()),
        }
    }

    const INTERVAL: Duration = Duration::from_millis(20);
    const SLACK: Duration = Duration::from_millis(60);

    /// When all calls of a burst are allowed again. Tokio's mutex is a line, and who leaves it has changed nothing.
    type Turns = Mutex<Option<Instant>>;

    pub(super) async fn paced(crowd: Arc<Crowd>, number: u32, time: u64) -> Result<(), Error> {
        static TURNS: Turns = Turns::const_new(None);
        {
            let mut full_at = TURNS.lock().await;
            let at = full_at.unwrap_or_else(Instant::now);
            sleep_until(at - SLACK).await;
            *full_at = Some(at.max(Instant::now()) + INTERVAL);
        }
        body(&crowd, number, time).await
    }

    pub(super) async fn paced_without_a_wait(crowd: Arc<Crowd>, number: u32, time: u64) -> Result<(), Error> {
        static TURNS: Turns = Turns::const_new(None);
        {
            let mut full_at = TURNS.lock().await;
            let (now, at) = (Instant::now(), full_at.unwrap_or_else(Instant::now));
            if at > now + SLACK {
                let stop = RateLimited::new("call", at - SLACK - now);
                return Err(Stopped::from(stop).into());
            }
            *full_at = Some(at.max(now) + INTERVAL);
        }
        body(&crowd, number, time).await
    }
}

/// How a call ended, and when; `None` for one whose caller left.
type Ended = Option<(Result<(), Error>, Duration)>;

/// Two hundred callers, of whom some leave.
async fn play<F>(seed: u64, call: impl Fn(Arc<Crowd>, u32, u64) -> F) -> (Vec<Ended>, Vec<(u32, Duration)>)
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let (crowd, mut random, start) = (Crowd::new(), Seeded::new(seed), Instant::now());
    let mut tasks = Vec::new();
    for number in 0..200 {
        sleep(ms(random.below(12))).await;
        let call = call(crowd.clone(), number, random.below(60));
        let patience = match random.below(4) {
            0 => ms(random.below(100)),
            _ => Duration::MAX,
        };
        tasks.push(tokio::spawn(async move {
            let out = timeout(patience, call).await.ok()?;
            Some((out, start.elapsed()))
        }));
    }
    let mut ended = Vec::new();
    for task in tasks {
        ended.push(task.await.unwrap());
    }
    // Until a burst is whole again.
    sleep(ms(1_000)).await;
    (ended, crowd.began())
}

macro_rules! agree {
    ($($name:ident),*) => {$(
        #[tokio::test(start_paused = true)]
        async fn $name() {
            for seed in 1..=20 {
                let ours = play(seed, annotated::$name).await;
                let theirs = play(seed, hand::$name).await;
                assert_eq!(ours, theirs, "{seed}");
                let refused = |ended: &&Ended| matches!(ended, Some((Err(Error::Stopped(_)), _)));
                let served = ours.0.iter().filter(|ended| matches!(ended, Some((Ok(()), _)))).count();
                let left = ours.0.iter().filter(|ended| ended.is_none()).count();
                let refused = ours.0.iter().filter(refused).count();
                assert!(served > 20 && left > 0, "{seed}: {served} served, {left} left, {refused} refused");
                assert_eq!(refused > 0, stringify!($name) != "paced", "{seed}");
            }
        }
    )*};
}

agree!(limited, limited_without_a_wait, paced, paced_without_a_wait);
