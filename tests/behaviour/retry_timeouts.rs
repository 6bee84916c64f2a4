//! What a retry does about an attempt that a limit below it has stopped.

use crate::support::{Error, Runs, ms, pending, sleep, timed};
use etiquette::{TimedOut, retry, with_timeout};

#[tokio::test(start_paused = true)]
async fn an_attempt_that_timed_out_is_retried_whatever_the_error_says() {
    // Permanent by its class, and not even asked.
    fn bad(_: TimedOut) -> Error {
        Error::Bad
    }
    #[retry(attempts = 3, constant(10ms), jitter = none)]
    #[with_timeout(50ms, attempt, error = bad)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            3 => Ok(3),
            _ => pending().await,
        }
    }
    #[retry(attempts = 3, constant(10ms), jitter = none, when = |_| -> bool { unreachable!("not asked") })]
    #[with_timeout(50ms, attempt, or_return = Ok(0))]
    async fn without_an_error(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            3 => Ok(3),
            _ => pending().await,
        }
    }
    assert_eq!(timed(call(&Runs::default())).await, (Ok(3), ms(120)));
    assert_eq!(timed(without_an_error(&Runs::default())).await, (Ok(3), ms(120)));
}

#[tokio::test(start_paused = true)]
async fn retry_timeouts_false_and_not_sent_do_not_retry_a_timeout() {
    #[retry(attempts = 3, retry_timeouts = false)]
    #[with_timeout(50ms, attempt)]
    async fn off(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    #[retry(attempts = 3, when = not_sent)]
    #[with_timeout(50ms, attempt)]
    async fn not_sent(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    #[retry(attempts = 3, retry_timeouts = true, constant(10ms), jitter = none)]
    #[with_timeout(50ms, attempt)]
    async fn on(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    let runs = [(); 3].map(|()| Runs::default());
    assert_eq!(timed(off(&runs[0])).await.1, ms(50));
    assert_eq!(timed(not_sent(&runs[1])).await.1, ms(50));
    assert_eq!(timed(on(&runs[2])).await.1, ms(170));
    assert_eq!(runs.map(|runs| runs.count()), [1, 1, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_inside_the_body_is_the_bodys_own_error() {
    // `retry_timeouts` is about layers: this one is judged by its class.
    #[retry(attempts = 2, retry_timeouts = false, constant(10ms), jitter = none)]
    #[with_timeout(1s, attempt)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        use etiquette::Limits as _;
        runs.next();
        sleep(ms(500)).with_timeout(ms(20)).await?;
        Ok(7)
    }
    let runs = Runs::default();
    assert_eq!(timed(call(&runs)).await.1, ms(50));
    assert_eq!(runs.count(), 2);
}
