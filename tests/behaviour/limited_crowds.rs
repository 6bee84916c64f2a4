//! Fairness: a thousand calls wait and half of them leave at random. None of the others is lost or starved, all come in
//! the order in which they came, and nothing is left over.

use crate::crowd::{Crowd, Seeded};
use crate::support::{Error, Runs, ends, ms, secs, sleep, stop_of};
use etiquette::{ConcurrencyLimit, RateLimit, concurrency_limit, rate_limit, retry};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::timeout;

const CALLS: u32 = 1_000;

/// Makes a thousand calls, of which half leave within `patience` milliseconds; says which of them ran to their end.
async fn crowd_of<F>(seed: u64, patience: u64, call: impl Fn(u32) -> F) -> Vec<bool>
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let mut random = Seeded::new(seed);
    let mut tasks = Vec::new();
    for number in 0..CALLS {
        let stays = match random.below(2) {
            0 => Duration::MAX,
            _ => ms(random.below(patience)),
        };
        let call = call(number);
        tasks.push((
            stays == Duration::MAX,
            tokio::spawn(async move { timeout(stays, call).await.is_ok() }),
        ));
        yield_now().await;
    }
    let mut ran = Vec::new();
    for (stays, task) in tasks {
        let has_run = task.await.unwrap();
        assert!(has_run || !stays, "one that stayed was lost");
        ran.push(has_run);
    }
    let left = ran.iter().filter(|ran| !**ran).count();
    assert!((200..600).contains(&left), "half of them were to leave: {left}");
    ran
}

#[test]
fn a_concurrency_limit_loses_nobody_and_starves_nobody() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(7);
    #[concurrency_limit(semaphore = &PLACES, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    for seed in 1..=5 {
        ends(move || async move {
            let crowd = Crowd::new();
            let ran = crowd_of(seed, 700, |number| call(crowd.clone(), number)).await;
            let began = crowd.began();
            assert!(began.is_sorted_by_key(|(number, _)| *number), "in order");
            assert!(began.windows(2).all(|pair| pair[0].0 < pair[1].0), "nobody twice");
            // Who ended had begun; who left had not, but for those that left a body.
            let began_not = |number: &u32| began.binary_search_by_key(number, |(number, _)| *number).is_err();
            assert!(
                !(0..CALLS).any(|number| ran[number as usize] && began_not(&number)),
                "{seed}"
            );
            assert_eq!(crowd.most(), 7);
            // No slot was idle while anyone waited: so many that took 10 ms each, or less, in sevens.
            let (_, last) = began[began.len() - 1];
            assert!(
                last <= ms(10) * u32::try_from(began.len().div_ceil(7)).unwrap(),
                "{last:?}"
            );
            assert_eq!((PLACES.available(), PLACES.waiting(), crowd.inside()), (7, 0, 0));
        });
    }
}

#[test]
fn a_rate_limit_loses_nobody_and_starves_nobody() {
    static RATE: RateLimit = RateLimit::new(100, Duration::from_secs(1)).burst(10);
    #[rate_limit(limiter = &RATE, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        Ok(())
    }
    for seed in 1..=5 {
        ends(move || async move {
            RATE.reset();
            let crowd = Crowd::new();
            let ran = crowd_of(seed, 8_000, |number| call(crowd.clone(), number)).await;
            let began = crowd.began_ms();
            let stayed: Vec<u32> = (0..CALLS).filter(|number| ran[*number as usize]).collect();
            let numbers: Vec<u32> = began.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, stayed, "in order, nobody twice, none of those who left");
            // No turn is left out, and none comes early.
            for (at, (_, began)) in (0..).zip(&began) {
                assert_eq!(*began, 10 * u64::saturating_sub(at, 9), "{seed}");
            }
            assert_eq!(RATE.waiting(), 0);
        });
    }
}

/// Each key is a line of its own; those who leave one do not hold up another.
#[test]
fn keys_lose_nobody_and_starve_nobody() {
    #[concurrency_limit(1, key = number % 10, wait = forever)]
    #[rate_limit(100, per = 1s, burst = 1, key = number % 10, wait = forever)]
    async fn call(crowds: Arc<Vec<Arc<Crowd>>>, number: u32) -> Result<(), Error> {
        let _inside = crowds[(number % 10) as usize].enter(number);
        sleep(ms(3)).await;
        Ok(())
    }
    ends(|| async {
        let crowds: Arc<Vec<_>> = Arc::new((0..10).map(|_| Crowd::new()).collect());
        crowd_of(11, 1_000, |number| call(crowds.clone(), number)).await;
        for crowd in &*crowds {
            let began = crowd.began();
            assert!(began.is_sorted_by_key(|(number, _)| *number));
            assert!(began.len() >= 40 && crowd.most() == 1);
            assert!(began.windows(2).all(|pair| pair[1].1 >= pair[0].1 + ms(10)));
        }
    });
}

/// A busy limit, calls that fail and come again, and callers who leave: everyone who stays is served.
#[test]
fn retries_in_a_crowd_queue_again_and_are_all_served() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(3);
    #[retry(attempts = 3, constant(1ms), jitter = none, budget = none)]
    #[concurrency_limit(semaphore = &PLACES, wait = forever)]
    async fn call(crowd: Arc<Crowd>, number: u32, runs: Arc<Runs>) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(2)).await;
        if runs.next() < 3 { Err(Error::Busy) } else { Ok(()) }
    }
    ends(|| async {
        let crowd = Crowd::new();
        let ran = crowd_of(5, 2_000, |number| call(crowd.clone(), number, Arc::default())).await;
        let began = crowd.began();
        for (number, ran) in (0..).zip(&ran) {
            let attempts = began.iter().filter(|(of, _)| *of == number).count();
            assert!(!ran || attempts == 3, "{number}");
        }
        // A second attempt waits behind all first ones that were in line before it.
        let second =
            (3..began.len()).find(|at| began[..*at].iter().any(|(number, _)| *number == began[*at].0));
        assert!(second.unwrap() > 500, "{second:?}");
        assert_eq!((PLACES.available(), PLACES.waiting(), crowd.most()), (3, 0, 3));
    });
}

/// With threads in real time: what is lost between two of them would be lost here. The bound is one on hanging.
#[test]
fn threads_lose_nobody_either() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(3);
    #[concurrency_limit(semaphore = &PLACES, wait = wait, queue = 500)]
    #[rate_limit(1_000_000, per = 1s, wait = forever)]
    async fn call(crowd: Arc<Crowd>, wait: Duration) -> Result<(), Error> {
        let _inside = crowd.enter(0);
        yield_now().await;
        Ok(())
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .unwrap();
    let crowd = runtime.block_on(async {
        let (crowd, mut random) = (Crowd::new(), Seeded::new(9));
        let mut tasks = Vec::new();
        for number in 0..4_000 {
            let (wait, patience) = match number % 2 {
                0 => (Duration::MAX, Duration::MAX),
                _ => (
                    Duration::from_micros(random.below(900)),
                    Duration::from_micros(random.below(900)),
                ),
            };
            let call = call(crowd.clone(), wait);
            tasks.push(tokio::spawn(async move { timeout(patience, call).await }));
        }
        for task in tasks {
            // Served, refused, or gone: but not forgotten.
            let ended = timeout(secs(30), task).await.expect("it was forgotten").unwrap();
            if let Ok(Err(stop)) = ended {
                assert!(stop_of(Err::<(), _>(stop)).is_refusal());
            }
        }
        crowd
    });
    assert!(crowd.most() <= 3 && crowd.inside() == 0);
    assert_eq!((PLACES.available(), PLACES.waiting()), (3, 0));
}
