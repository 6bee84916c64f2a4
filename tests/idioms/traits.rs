//! Everything at once on the methods of `#[async_trait]`.

use crate::support::{Error, Runs, cancelled_after, ms, pending, secs, sleep, timed};
use async_trait::async_trait;
use etiquette::{
    CancellationToken, Classify, ConcurrencyLimit, Stopped, TimeoutKind, cancellable, concurrency_limit,
    defaults, instrument_task, retry, with_timeout,
};
use std::sync::Arc;

#[async_trait]
trait MergeExecutor: Send + Sync {
    async fn merge(&self, stop: CancellationToken, splits: Vec<u32>) -> Result<u32, Error>;
}

struct Parquet {
    places: ConcurrencyLimit,
    runs: Runs,
}

#[async_trait]
impl MergeExecutor for Parquet {
    #[instrument_task(fields(splits = splits.len()))]
    #[cancellable]
    #[with_timeout(10s, total)]
    #[retry(attempts = 3, constant(1s), jitter = none, budget = none, clone(splits))]
    #[with_timeout(2s, attempt)]
    #[concurrency_limit(semaphore = self.places)]
    async fn merge(&self, stop: CancellationToken, splits: Vec<u32>) -> Result<u32, Error> {
        sleep(ms(500)).await;
        let splits: Vec<u32> = splits.into_iter().collect();
        match (self.runs.next(), splits.len()) {
            (_, 0) => pending().await,
            (1, _) => Err(Error::Busy),
            _ => Ok(splits.into_iter().sum()),
        }
    }
}

// RW40: every layer on a method of `#[async_trait]`, called through a trait object on another task.
#[tokio::test(start_paused = true)]
async fn the_whole_stack_on_a_boxed_method() {
    let parquet = Arc::new(Parquet {
        places: ConcurrencyLimit::new(1),
        runs: Runs::new(),
    });
    let executor: Arc<dyn MergeExecutor> = parquet.clone();
    let spawn = |stop: CancellationToken, splits: Vec<u32>| {
        let executor = Arc::clone(&executor);
        // `tokio::spawn` wants `Send`.
        let task = tokio::spawn(async move { timed(executor.merge(stop, splits)).await });
        async { task.await.unwrap() }
    };
    let out = spawn(CancellationToken::new(), vec![3, 4]).await;
    assert_eq!(out, (Ok(7), ms(500 + 1_000 + 500)));
    let (out, elapsed) = spawn(CancellationToken::new(), Vec::new()).await;
    let Err(Error::Stopped(Stopped::TimedOut(stop))) = out else {
        panic!("{out:?}")
    };
    assert_eq!(
        (stop.kind, elapsed),
        (TimeoutKind::Attempt, secs(2 + 1 + 2 + 1 + 2))
    );
    let (out, elapsed) = spawn(cancelled_after(2_500), Vec::new()).await;
    assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_cancelled()));
    assert_eq!((elapsed, parquet.places.in_use()), (ms(2_500), 0));
}

#[derive(Debug, thiserror::Error, Classify)]
enum Stop {
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

#[async_trait]
trait Source: Send + Sync {
    async fn poll(&self) -> Result<u32, Stop>;
}

struct Above;
struct Below;

#[defaults(with_timeout(3s), retry(attempts = 2, constant(1s), jitter = none))]
#[async_trait]
impl Source for Above {
    async fn poll(&self) -> Result<u32, Stop> {
        pending().await
    }
}

#[async_trait]
#[defaults(with_timeout(3s), retry(attempts = 2, constant(1s), jitter = none))]
impl Source for Below {
    async fn poll(&self) -> Result<u32, Stop> {
        pending().await
    }
}

// RW40: in either order with `#[async_trait]`.
#[tokio::test(start_paused = true)]
async fn above_and_below_it() {
    for source in [&Above as &dyn Source, &Below] {
        let (out, elapsed) = timed(source.poll()).await;
        assert!(matches!(out, Err(Stop::Stopped(stop)) if stop.is_timeout()));
        assert_eq!(elapsed, secs(3));
    }
}
