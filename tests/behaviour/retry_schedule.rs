//! `#[retry]`: how often, after which pauses, and for how long. Random delays are in `retry_jitter`.

use crate::pauses::{Starts, pauses};
use crate::support::{Error, Runs, ms, secs, timed};
use etiquette::retry;
use std::time::Duration;

// H159
#[tokio::test(start_paused = true)]
async fn attempts_counts_all_runs_of_the_body_and_is_3_by_default() {
    #[retry]
    async fn three(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = 5, constant(1ms))]
    async fn five(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = 1)]
    async fn one(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = [(); 3].map(|()| Runs::default());
    assert_eq!(three(&runs[0]).await, Err(Error::Busy));
    assert_eq!(five(&runs[1]).await, Err(Error::Busy));
    assert_eq!(timed(one(&runs[2])).await, (Err(Error::Busy), ms(0)));
    assert_eq!(runs.map(|runs| runs.count()), [3, 5, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_success_ends_it_and_the_last_error_is_returned_unwrapped() {
    #[retry(attempts = 4, constant(10ms), jitter = none, when = any)]
    async fn fetch(runs: &Runs, good: u32) -> Result<u32, String> {
        match runs.next() {
            run if run == good => Ok(run),
            run => Err(format!("failure {run}")),
        }
    }
    assert_eq!(timed(fetch(&Runs::default(), 1)).await, (Ok(1), ms(0)));
    assert_eq!(timed(fetch(&Runs::default(), 3)).await, (Ok(3), ms(20)));
    assert_eq!(
        timed(fetch(&Runs::default(), 9)).await,
        (Err("failure 4".to_owned()), ms(30))
    );
}

#[tokio::test(start_paused = true)]
async fn exponential_grows_by_its_factor_up_to_its_max() {
    #[retry(attempts = 6, exponential(100ms, factor = 2, max = 500ms), jitter = none)]
    async fn doubling(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 4, exponential(10ms, factor = 1.5, max = 1s), jitter = none)]
    async fn by_half(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 10, exponential(100ms), jitter = none)]
    async fn defaults(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    assert_eq!(pauses(doubling).await, [100, 200, 400, 500, 500]);
    assert_eq!(pauses(by_half).await, [10, 15, 23]); // 22.5: the timer counts whole milliseconds, never too few
    assert_eq!(
        pauses(defaults).await,
        [100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]
    );
}

#[tokio::test(start_paused = true)]
async fn constant_is_always_the_same() {
    #[retry(attempts = 4, constant(30ms), jitter = none)]
    async fn call(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    assert_eq!(pauses(call).await, [30, 30, 30]);
}

#[tokio::test(start_paused = true)]
async fn delays_are_as_listed_without_jitter_and_the_last_one_repeats() {
    #[retry(attempts = 6, delays(10ms, 50ms, 20ms))]
    async fn call(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 2, delays(10ms, 50ms, 20ms))]
    async fn fewer(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    assert_eq!(pauses(call).await, [10, 50, 20, 20, 20]);
    assert_eq!(pauses(fewer).await, [10]);
}

#[tokio::test(start_paused = true)]
async fn backoff_is_asked_with_the_number_of_the_retry_and_has_no_jitter() {
    fn squares(retry: u32) -> Duration {
        ms(u64::from(retry * retry))
    }
    #[retry(attempts = 4, backoff = squares)]
    async fn by_path(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 4, backoff = |retry| base * retry)]
    async fn by_closure(at: Starts, base: Duration) -> Result<(), Error> {
        at.fail()
    }
    assert_eq!(pauses(by_path).await, [1, 4, 9]);
    assert_eq!(pauses(|at| by_closure(at, ms(7))).await, [7, 14, 21]);
}

#[tokio::test(start_paused = true)]
async fn no_overflow_at_attempt_100_000() {
    #[retry(attempts = 100_001, exponential(1ms, factor = 10, max = 2ms), jitter = none, budget = none)]
    async fn call(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = Runs::default();
    let (out, elapsed) = timed(call(&runs)).await;
    assert_eq!(out, Err(Error::Busy));
    assert_eq!((runs.count(), elapsed), (100_001, ms(1 + 2 * 99_999)));
}

#[tokio::test(start_paused = true)]
async fn no_new_attempt_starts_after_max_elapsed_and_a_delay_that_does_not_fit_is_not_slept() {
    #[retry(attempts = 100, constant(30ms), jitter = none, max_elapsed = limit)]
    async fn call(limit: Option<Duration>, runs: &Runs) -> Result<(), Error> {
        runs.next();
        tokio::time::sleep(ms(10)).await;
        Err(Error::Busy)
    }
    // Runs start at 0, 40, 80 and take 10 each; the next would start at 120.
    for (limit, count, ends) in [
        (120, 4, 130),
        (119, 3, 90),
        (80, 3, 90),
        (40, 2, 50),
        (39, 1, 10),
        (5, 1, 10),
        (0, 1, 10),
    ] {
        let runs = Runs::default();
        let (out, elapsed) = timed(call(Some(ms(limit)), &runs)).await;
        assert_eq!(
            (out, runs.count(), elapsed),
            (Err(Error::Busy), count, ms(ends)),
            "max_elapsed = {limit} ms"
        );
    }
    let runs = Runs::default();
    let (_, elapsed) = timed(call(None, &runs)).await;
    assert_eq!((runs.count(), elapsed), (100, ms(100 * 10 + 99 * 30)));
}

#[tokio::test(start_paused = true)]
async fn forever_goes_on_until_max_elapsed() {
    #[retry(attempts = forever, constant(10ms), jitter = none, max_elapsed = 10s)]
    async fn call(runs: &Runs) -> Result<(), Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = Runs::default();
    assert_eq!(timed(call(&runs)).await, (Err(Error::Busy), secs(10)));
    assert_eq!(runs.count(), 1_001);
}
