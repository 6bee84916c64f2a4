//! In an `#[etiquette::test]` what a function keeps from call to call is new, and the test's own: on every thread of its
//! runtime, whatever other tests do meanwhile.

use crate::support::{Error, ms, pending, secs, sleep};
use etiquette::{
    CircuitBreaker, CircuitState, Drain, Tasks, blocking, circuit_breaker, concurrency_limit, hedge,
    rate_limit, retry, retrying, shield, testing,
};
use std::sync::Barrier;
use tokio::time::Instant;

#[circuit_breaker(consecutive = 2, name = "the_circuit")]
async fn guarded(answer: bool) -> Result<u32, Error> {
    if answer { Ok(7) } else { Err(Error::Busy) }
}

fn is_open() -> bool {
    testing::breaker("the_circuit").is_ok_and(|circuit| circuit.state() == CircuitState::Open)
}

/// Fails in each of the tests below that did not begin with a circuit of its own: whichever comes first opens it.
async fn opens_a_new_circuit() {
    assert!(!is_open());
    for _ in 0..2 {
        assert_eq!(guarded(false).await, Err(Error::Busy));
    }
    assert!(is_open());
    assert!(matches!(guarded(true).await, Err(Error::Stopped(stop)) if stop.is_refusal()));
}

// Two alike: one of them runs after the other, or beside it.
#[etiquette::test]
async fn a_circuit_is_new_in_each_test() {
    opens_a_new_circuit().await;
}

#[etiquette::test(paused)]
async fn a_circuit_is_new_in_each_test_and_in_this_one() {
    opens_a_new_circuit().await;
}

/// Twenty tests at once: all are in their body, with an open circuit, at the same time.
#[test]
#[allow(unnameable_test_items, reason = "called by this one")]
fn tests_in_parallel_do_not_see_each_other() {
    const TESTS: usize = 20;
    static ALL_BEGAN: Barrier = Barrier::new(TESTS);
    static ALL_LOOKED: Barrier = Barrier::new(TESTS);

    #[etiquette::test]
    async fn one_of_them() {
        ALL_BEGAN.wait();
        opens_a_new_circuit().await;
        ALL_LOOKED.wait();
    }

    let tests: Vec<_> = (0..TESTS).map(|_| std::thread::spawn(one_of_them)).collect();
    for test in tests {
        test.join().unwrap();
    }
}

#[etiquette::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_threads_of_a_runtime_are_in_one_test(tasks: Tasks) {
    // Each on a thread of its own: they wait for each other without leaving it.
    static EVERYWHERE: Barrier = Barrier::new(3);
    let workers: Vec<_> = (0..3)
        .map(|_| {
            tasks.spawn("worker", async {
                EVERYWHERE.wait();
                for _ in 0..2 {
                    let _ = guarded(false).await;
                }
                assert!(is_open());
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    assert!(is_open());
    assert!(tokio::spawn(async { is_open() }).await.unwrap());
    assert!(tokio::task::spawn_blocking(is_open).await.unwrap());
}

#[etiquette::test]
async fn so_are_the_threads_for_what_blocks() {
    let _ = guarded(false).await;
    let _ = guarded(false).await;
    assert!(tokio::task::spawn_blocking(is_open).await.unwrap());
}

#[shield]
async fn shielded() -> bool {
    is_open()
}

#[etiquette::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_so_are_the_tasks_of_layers() {
    let _ = guarded(false).await;
    let _ = guarded(false).await;
    assert!(shielded().await);
}

#[retry(attempts = 3, constant(0ms), jitter = none, name = "the_budget")]
async fn retried() -> Result<u32, Error> {
    Err(Error::Busy)
}

#[etiquette::test(paused)]
async fn a_budget_is_read_and_filled_up() {
    assert!(retried().await.is_err());
    let budget = testing::budget("the_budget").unwrap();
    assert_eq!(budget.tokens(), 490); // two retries
    budget.reset();
    assert_eq!(budget.tokens(), 500);
}

#[retry(attempts = 3, constant(0ms), jitter = none, key = key, name = "the_budgets")]
async fn retried_by_key(key: &str) -> Result<u32, Error> {
    Err(Error::Busy)
}

#[etiquette::test(paused)]
async fn so_are_budgets_by_key() {
    assert!(retried_by_key("db-1").await.is_err());
    let budgets = testing::keyed_budget("the_budgets").unwrap();
    assert_eq!((budgets.tokens("db-1"), budgets.tokens("db-2")), (490, 500));
    budgets.reset();
    assert_eq!(budgets.tokens("db-1"), 500);
}

#[hedge(after = 10ms, name = "the_hedge")]
async fn hedged() -> Result<u32, Error> {
    sleep(ms(50)).await;
    Ok(7)
}

#[etiquette::test(paused)]
async fn a_hedge_draws_on_the_budget_of_the_test() {
    assert_eq!(hedged().await, Ok(7));
    // One further run, and half a second's worth has not flowed in: 50 ms are two tokens and a half.
    assert_eq!(testing::budget("the_hedge").unwrap().tokens(), 497);
}

#[etiquette::test(paused)]
async fn a_block_is_found_by_the_name_it_was_given() {
    let block = retrying!(
        attempts = 2,
        constant(0ms),
        jitter = none,
        name = "the_block",
        async { Err::<(), _>(Error::Busy) }
    );
    assert!(block.await.is_err());
    assert_eq!(testing::budget("the_block").unwrap().tokens(), 495);
}

#[concurrency_limit(2, wait = none, name = "the_places")]
async fn limited() -> Result<(), Error> {
    pending().await
}

#[etiquette::test(paused)]
async fn places_are_new_and_counted(tasks: Tasks) {
    drop((tasks.spawn("a", limited()), tasks.spawn("b", limited())));
    sleep(ms(1)).await;
    let places = testing::concurrency_limit("the_places").unwrap();
    assert_eq!((places.available(), places.in_use()), (0, 2));
    assert!(matches!(limited().await, Err(Error::Stopped(stop)) if stop.is_refusal()));
    assert_eq!(tasks.shutdown(Drain::within(ms(0))).await.laggards().len(), 2);
    assert_eq!(places.available(), 2);
}

#[concurrency_limit(1, key = key, wait = none, name = "the_places_by_key")]
async fn limited_by_key(key: u32) -> Result<usize, Error> {
    Ok(testing::keyed_concurrency_limit("the_places_by_key")
        .unwrap()
        .available(&key))
}

#[blocking(limit = 3, name = "the_threads")]
async fn on_a_thread() -> usize {
    testing::concurrency_limit("the_threads").unwrap().in_use()
}

#[etiquette::test]
async fn so_are_those_by_key_and_those_of_what_blocks() {
    assert_eq!(limited_by_key(1).await, Ok(0));
    assert_eq!(on_a_thread().await, 1);
}

#[rate_limit(2, per = 60s, wait = none, name = "the_rate")]
async fn in_turn() -> Result<(), Error> {
    Ok(())
}

// Twice, and each time from the beginning.
#[etiquette::test(paused)]
async fn a_rate_begins_anew() {
    assert_eq!((in_turn().await, in_turn().await), (Ok(()), Ok(())));
    assert!(in_turn().await.is_err());
    testing::rate_limit("the_rate").unwrap().reset();
    assert!(in_turn().await.is_ok());
}

#[etiquette::test(paused)]
async fn a_rate_begins_anew_in_each_test() {
    let start = Instant::now();
    assert_eq!((in_turn().await, in_turn().await), (Ok(()), Ok(())));
    sleep(secs(30)).await;
    assert_eq!(testing::rate_limit("the_rate").unwrap().tokens(), 1);
    assert_eq!(start.elapsed(), secs(30));
}

#[rate_limit(2, per = 60s, key = customer, wait = none, name = "the_rates")]
async fn in_turn_by_key(customer: u32) -> Result<(), Error> {
    Ok(())
}

#[circuit_breaker(consecutive = 1, key = host, name = "the_circuits")]
async fn guarded_by_key(host: &str) -> Result<(), Error> {
    Err(Error::Busy)
}

#[etiquette::test(paused)]
async fn what_is_kept_by_key_is_found_too() {
    in_turn_by_key(1).await.unwrap();
    let rates = testing::keyed_rate_limit("the_rates").unwrap();
    assert_eq!((rates.tokens(&1), rates.tokens(&2)), (1, 2));
    assert!(guarded_by_key("db-1").await.is_err());
    let circuits = testing::keyed_breaker("the_circuits").unwrap();
    assert_eq!(circuits.of("db-1").unwrap().state(), CircuitState::Open);
}

/// What its author named is the author's: all tests share it.
#[test]
#[allow(unnameable_test_items, reason = "called by this one")]
fn a_state_of_ones_own_is_shared() {
    static MINE: CircuitBreaker = CircuitBreaker::new().consecutive(1);

    #[circuit_breaker(state = MINE, name = "mine")]
    async fn by_mine() -> Result<(), Error> {
        Err(Error::Busy)
    }

    #[etiquette::test]
    async fn first() {
        assert_eq!(by_mine().await, Err(Error::Busy));
    }

    #[etiquette::test]
    async fn second() {
        assert!(matches!(by_mine().await, Err(Error::Stopped(stop)) if stop.is_refusal()));
        assert!(testing::breaker("mine").is_err());
    }

    first();
    second();
    assert_eq!(MINE.state(), CircuitState::Open);
}

#[circuit_breaker]
async fn without_a_name() -> Result<(), Error> {
    Ok(())
}

#[etiquette::test]
async fn a_function_is_found_by_its_path() {
    without_a_name().await.unwrap();
    let whole = concat!(module_path!(), "::without_a_name");
    for name in [whole, "runner_state::without_a_name", "without_a_name"] {
        assert_eq!(testing::breaker(name).unwrap().calls(), 1, "{name}");
    }
}

#[circuit_breaker(name = "elsewhere")]
async fn outside_of_a_test() -> Result<(), Error> {
    Err(Error::Busy)
}

/// Tokio's runner knows nothing of this: what it runs shares what the process has, unless it says otherwise.
#[tokio::test]
async fn under_another_runner_a_test_isolates_itself() {
    assert!(outside_of_a_test().await.is_err());
    assert!(testing::breaker("elsewhere").is_err());
    let own = testing::isolate();
    assert!(outside_of_a_test().await.is_err());
    assert_eq!(testing::breaker("elsewhere").unwrap().calls(), 1);
    drop(own);
    assert!(testing::breaker("elsewhere").is_err());
}
