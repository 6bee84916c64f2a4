//! `testing::Recorder`: the exact sequence of what each layer did, for stacks of them and on several threads.

use crate::support::{Error, Runs, cancelled_after, ends, ms, pending, secs, sleep};
use etiquette::testing::Recorder;
use etiquette::{
    CancellationToken, Tasks, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, retry, retrying, shield, shielded_idle, with_timeout,
};
use tokio::time::timeout;

#[etiquette::test(paused)]
async fn an_attempt_is_told_for_each_run_of_the_body() {
    #[retry(attempts = 4, delays(10ms, 20ms, 40ms), budget = none)]
    async fn fetch(runs: &Runs, fails: u32) -> Result<u32, Error> {
        match runs.next() {
            run if run <= fails => Err(Error::Busy),
            run => Ok(run),
        }
    }
    let recorder = Recorder::install();
    for fails in 0..6 {
        let runs = Runs::default();
        let _ = fetch(&runs, fails).await;
        let told = recorder.of("fetch");
        assert_eq!(told.count("attempt"), runs.count() as usize);
        assert_eq!(told.count("retry"), runs.count() as usize - 1);
        recorder.clear();
    }
    fetch(&Runs::default(), 0).await.unwrap();
    recorder.assert_eq(["fetch: attempt 1"]);
    recorder.clear();
    fetch(&Runs::default(), 9).await.unwrap_err();
    recorder.of("fetch").assert_at([
        (0, "attempt 1"),
        (0, "retry in 10ms after error: busy"),
        (10, "attempt 2"),
        (10, "retry in 20ms after error: busy"),
        (30, "attempt 3"),
        (30, "retry in 40ms after error: busy"),
        (70, "attempt 4"),
        (70, "gave up after attempt 4: attempts"),
    ]);
}

#[etiquette::test(paused)]
async fn a_whole_stack_tells_in_the_order_in_which_it_happens() {
    #[instrument_task]
    #[cancellable]
    #[fallback(Ok(0))]
    #[with_timeout(30s, total)]
    #[retry(attempts = 3, delays(100ms))]
    #[circuit_breaker(consecutive = 2, open_for = 1s)]
    #[with_timeout(50ms, attempt)]
    #[concurrency_limit(1, wait = forever)]
    async fn price(token: CancellationToken, item: &str) -> Result<u32, Error> {
        match item {
            "slow" => pending().await,
            "busy" => Err(Error::Busy),
            _ => Ok(7),
        }
    }
    let recorder = Recorder::install();
    let token = CancellationToken::new();
    price(token.clone(), "tea").await.unwrap();
    recorder.assert_eq(["price: attempt 1", "price: ended: ok"]);
    recorder.clear();
    assert_eq!(price(token.clone(), "slow").await, Ok(0));
    recorder.of("price").assert_at([
        (0, "attempt 1"),
        (50, "timed out after 50ms (attempt)"),
        (50, "retry in 100ms after timed_out: stopped"),
        (150, "attempt 2"),
        (200, "timed out after 50ms (attempt)"),
        (200, "circuit opened for 1s"),
        (200, "retry in 100ms after timed_out: stopped"),
        (300, "attempt 3"),
        (300, "refused: circuit open, retry after 900ms"),
        (300, "gave up after attempt 3: permanent"),
        (300, "fell back"),
        (300, "ended: ok"),
    ]);
    sleep(secs(1)).await;
    recorder.clear();
    token.cancel();
    price(token, "tea").await.unwrap_err();
    recorder.assert_eq(["price: cancelled", "price: ended: cancelled"]);
}

#[etiquette::test(paused)]
async fn hedges_and_limits_tell_when() {
    #[hedge(after = 50ms, attempts = 3, budget = none)]
    async fn read(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => pending().await,
            2 => {
                sleep(ms(20)).await;
                Err(Error::Busy)
            }
            run => {
                sleep(ms(5)).await;
                Ok(run)
            }
        }
    }
    #[concurrency_limit(1, wait = 8ms)]
    async fn render() -> Result<(), Error> {
        sleep(ms(5)).await;
        Ok(())
    }
    let recorder = Recorder::install();
    assert_eq!(read(&Runs::default()).await, Ok(3));
    recorder.of("read").assert_at([
        (50, "hedge: run 2, as it takes long"),
        (70, "hedge: run 3, as one failed"),
        (75, "hedge: a further run won"),
    ]);
    recorder.clear();
    let (first, second, third) = tokio::join!(render(), render(), render());
    assert!(first.is_ok() && second.is_ok() && third.is_err());
    recorder.of("render").assert_at([
        (5, "waited 5ms for a slot"),
        (8, "waited 8ms for a slot in vain"),
        (8, "refused: at capacity"),
    ]);
}

#[etiquette::test(paused)]
async fn dropped_calls_say_so_and_shielded_ones_go_on() {
    #[instrument_task]
    #[retry(attempts = 3, constant(1s), budget = none)]
    async fn fetch() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[shield]
    async fn commit() {
        sleep(ms(10)).await;
    }
    let recorder = Recorder::install();
    timeout(ms(100), fetch()).await.unwrap_err();
    assert_eq!(recorder.of("fetch").lines().last().unwrap(), "ended: dropped");
    assert_eq!(recorder.of("fetch").count("attempt"), 1, "the second never began");
    timeout(ms(5), commit()).await.unwrap_err();
    shielded_idle().await;
    recorder.of("commit").assert_eq(["shielded: the caller left"]);
}

#[etiquette::test(paused)]
async fn a_hook_between_two_attempts_does_not_count_as_one() {
    #[retry(attempts = 2, delays(10ms), on_retry = |_| sleep(ms(5)).await)]
    async fn fetch() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let recorder = Recorder::install();
    fetch().await.unwrap_err();
    recorder.of("fetch").assert_at([
        (0, "attempt 1"),
        (0, "retry in 10ms after error: busy"),
        (15, "attempt 2"),
        (15, "gave up after attempt 2: attempts"),
    ]);
    recorder.clear();
    let _ = retrying!(name = "block", attempts = 2, delays(0ms), async {
        Err::<u32, _>(Error::Busy)
    })
    .await;
    recorder.of("block").assert_eq([
        "attempt 1",
        "retry in 0ns after error: busy",
        "attempt 2",
        "gave up after attempt 2: attempts",
    ]);
}

/// On several threads of one runtime; `#[etiquette::test]` makes them one test.
#[etiquette::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_threads_of_a_test_are_recorded(tasks: Tasks) {
    #[retry(attempts = 2, delays(0ms), budget = none)]
    async fn fetch() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let recorder = Recorder::install();
    let mut handles = Vec::new();
    for _ in 0..50 {
        handles.push(tasks.spawn("fetch", async {
            tokio::task::yield_now().await;
            let _ = fetch().await;
        }));
    }
    for handle in handles {
        handle.await.unwrap();
    }
    let tally = recorder.of("fetch").tally();
    let expected = [
        "attempt 1",
        "attempt 2",
        "gave up after attempt 2: attempts",
        "retry in 0ns after error: busy",
    ];
    assert_eq!(
        tally.into_iter().collect::<Vec<_>>(),
        expected.map(|line| (line.to_owned(), 50))
    );
}

/// Ten tests at once, on ten threads: none sees another's calls.
#[test]
fn tests_beside_each_other_do_not_mix() {
    #[retry(attempts = 3, delays(1ms), budget = none)]
    async fn fetch() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    async fn one() {
        let recorder = Recorder::install();
        for _ in 0..20 {
            fetch().await.unwrap_err();
            assert_eq!(recorder.lines().len(), 6);
            recorder.clear();
        }
    }
    let all: Vec<_> = (0..10).map(|_| std::thread::spawn(|| ends(one))).collect();
    for test in all {
        test.join().unwrap();
    }
}

#[etiquette::test(paused)]
async fn a_cancelled_worker_tells_it_too() {
    #[cancellable]
    async fn worker(token: CancellationToken) {
        pending().await
    }
    let recorder = Recorder::install();
    worker(cancelled_after(5)).await;
    recorder.of("worker").assert_at([(5, "cancelled")]);
}
