//! Who shares a retry budget: all callers of a function, the functions that name one, the calls with one key.

use crate::support::{Error, Runs};
use etiquette::{KeyedRetryBudget, RetryBudget, retry};
use std::sync::{Arc, LazyLock};

/// How many attempts the call makes until it gives up, for whatever reason.
async fn attempts<T>(call: impl Future<Output = Result<T, Error>>) -> usize {
    let recorder = etiquette::testing::Recorder::install();
    assert!(matches!(call.await, Err(Error::Busy)));
    let lines = recorder.lines();
    assert!(
        lines
            .last()
            .is_some_and(|line| line.contains(": gave up after attempt "))
    );
    lines.iter().filter(|line| line.contains(": attempt ")).count()
}

#[tokio::test(start_paused = true)]
async fn each_function_has_a_budget_that_all_its_callers_share() {
    #[retry(attempts = 3, constant(0s))]
    async fn first() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 3, constant(0s))]
    async fn second<T>(_value: T) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    // 50 calls of two retries each use up the 500; no time passes.
    for _ in 0..50 {
        assert_eq!(attempts(first()).await, 3);
    }
    assert_eq!(attempts(first()).await, 1);
    // Another function is not touched; one function has one budget, whatever its type arguments.
    for _ in 0..25 {
        assert_eq!(attempts(second(1_u8)).await, 3);
        assert_eq!(attempts(second("text")).await, 3);
    }
    assert_eq!(attempts(second(1_u8)).await, 1);
    assert_eq!(attempts(second("text")).await, 1);
    assert_eq!(attempts(second(1.0)).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_budget_of_ones_own_is_shared_between_functions() {
    static SHARED: RetryBudget = RetryBudget::new().capacity(12).refill_per_second(0);
    #[retry(attempts = 3, constant(0s), budget = &SHARED)]
    async fn first() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 3, constant(0s), budget = &SHARED)]
    async fn second() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert_eq!((attempts(first()).await, SHARED.tokens()), (3, 2));
    assert_eq!(attempts(second()).await, 1);
    SHARED.reset();
    assert_eq!(SHARED.tokens(), 12);
    assert_eq!(attempts(second()).await, 3);
}

#[tokio::test(start_paused = true)]
async fn budget_none_and_forever_do_without_one() {
    #[retry(attempts = 1_000, constant(0s), budget = none)]
    async fn none() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = forever, constant(1ms), jitter = none, max_elapsed = 1s)]
    async fn forever() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = forever, constant(1ms), jitter = none, max_elapsed = 1s, budget = budget)]
    async fn forever_with_one(budget: &RetryBudget) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert_eq!(attempts(none()).await, 1_000);
    assert_eq!(attempts(forever()).await, 1_001);
    let budget = RetryBudget::new().refill_per_second(0);
    assert_eq!(attempts(forever_with_one(&budget)).await, 101);
}

#[tokio::test(start_paused = true)]
async fn each_key_has_a_bucket_of_its_own() {
    static HOSTS: KeyedRetryBudget = KeyedRetryBudget::new().capacity(10).refill_per_second(0);
    #[retry(attempts = 3, constant(0s), budget = &HOSTS, key = host)]
    async fn fetch(host: &str, runs: &Runs, failures: u32) -> Result<u32, Error> {
        match runs.next() {
            run if run <= failures => Err(Error::Busy),
            run => Ok(run),
        }
    }
    let runs = Runs::default();
    assert_eq!(HOSTS.keys(), 0);
    assert_eq!(fetch("a", &runs, 9).await, Err(Error::Busy));
    assert_eq!((runs.count(), HOSTS.tokens("a"), HOSTS.tokens("b")), (3, 0, 10));
    assert_eq!(HOSTS.keys(), 1);
    let runs = Runs::default();
    assert_eq!(fetch("a", &runs, 9).await, Err(Error::Busy));
    assert_eq!(runs.count(), 1, "the bucket of `a` is empty");
    let runs = Runs::default();
    assert_eq!(fetch("b", &runs, 1).await, Ok(2), "that of `b` is not");
    assert_eq!(HOSTS.tokens("b"), 10);
    // A success at first try pays into the bucket of its own key.
    assert_eq!(fetch("a", &Runs::default(), 0).await, Ok(1));
    assert_eq!((HOSTS.tokens("a"), HOSTS.tokens("b")), (1, 10));
}

#[tokio::test(start_paused = true)]
async fn a_key_alone_has_500_each_per_function() {
    #[retry(attempts = 3, constant(0s), key = (host.to_owned(), 1))]
    async fn fetch(host: &str, runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = Runs::default();
    for _ in 0..60 {
        let _ = fetch("a", &runs).await;
    }
    assert_eq!(runs.count(), 50 * 3 + 10);
    let runs = Runs::default();
    let _ = fetch("b", &runs).await;
    assert_eq!(runs.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_budget_is_any_place_that_can_be_borrowed() {
    static LAZY: LazyLock<RetryBudget> = LazyLock::new(|| RetryBudget::new().capacity(10));
    struct Client {
        budget: RetryBudget,
        shared: Arc<RetryBudget>,
    }
    impl Client {
        #[retry(attempts = 2, constant(0s), budget = &self.budget)]
        async fn field(&self) -> Result<u32, Error> {
            Err(Error::Busy)
        }
        #[retry(attempts = 2, constant(0s), budget = &self.shared)]
        async fn behind_a_pointer(&self) -> Result<u32, Error> {
            Err(Error::Busy)
        }
    }
    #[retry(attempts = 2, constant(0s), budget = &*LAZY)]
    async fn lazy() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let client = Client {
        budget: RetryBudget::new(),
        shared: Arc::default(),
    };
    let _ = (
        client.field().await,
        client.behind_a_pointer().await,
        lazy().await,
    );
    assert_eq!(
        [client.budget.tokens(), client.shared.tokens(), LAZY.tokens()],
        [495, 495, 5]
    );
}
