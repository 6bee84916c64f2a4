//! Parametrised tests: each case gets the layers for itself (H146).

#![deny(warnings)]
#![cfg(test)]

use etiquette::{Stopped, circuit_breaker, concurrency_limit, instrument_task, rate_limit, retry, with_timeout};
use rstest::{fixture, rstest};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

#[fixture]
fn ten() -> u32 {
    10
}

#[rstest]
#[case(1, 11)]
#[case::named(2, 12)]
#[with_timeout(1s)]
#[tokio::test(start_paused = true)]
async fn ours_between_the_cases_and_the_runner(ten: u32, #[case] n: u32, #[case] sum: u32) {
    tokio::time::sleep(Duration::from_millis(999)).await;
    assert_eq!(ten + n, sum);
}

#[with_timeout(1s)]
#[rstest]
#[case(3)]
#[case(4)]
#[tokio::test(start_paused = true)]
async fn ours_above_the_cases(#[case] n: u32) -> Result<(), Stopped> {
    tokio::time::sleep(Duration::from_millis(999)).await;
    assert!(n > 2);
    Ok(())
}

#[rstest]
#[case::too_slow(1001)]
#[case::much_too_slow(5000)]
#[should_panic(expected = "_slow timed out after 1s")]
#[with_timeout(1s)]
#[tokio::test(start_paused = true)]
async fn is_stopped(#[case] millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

// A limit of its own for each function that rstest makes.
#[rstest]
#[case(1)]
#[case(2)]
#[circuit_breaker(consecutive = 1)]
#[rate_limit(1, per = 1h, wait = none)]
#[concurrency_limit(1, wait = none)]
#[tokio::test(start_paused = true)]
async fn limited(#[case] n: u32) -> Result<(), Stopped> {
    assert!(n > 0);
    Ok(())
}

// Above `#[rstest]`, options see the parameters: below, rstest has made a function without any of each case.
#[instrument_task(fields(n, word))]
#[with_timeout(30s, total)]
#[retry(attempts = 3, constant(0s), when = |_| n < 3)]
#[with_timeout(1s, attempt)]
#[rstest]
#[tokio::test(start_paused = true)]
async fn a_stack(#[values(1, 2)] n: u32, #[values("a", "b")] word: &str) -> Result<(), Stopped> {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    if CALLS.fetch_add(1, Relaxed) == 0 {
        std::future::pending::<()>().await;
    }
    assert_eq!(word.len(), 1);
    Ok(())
}
