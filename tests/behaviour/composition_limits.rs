//! Total and attempt limits around and inside a retry.

use crate::support::{Error, Runs, ms, pending, sleep, stop_of, timed};
use etiquette::{Stopped, TimeoutKind, cancellable, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Each run takes 10 ms and fails, each pause takes 20.
#[cancellable]
#[with_timeout(limit, total)]
#[retry(attempts = 5, constant(20ms), jitter = none)]
pub(crate) async fn failing(
    token: CancellationToken,
    limit: Option<Duration>,
    runs: &Runs,
) -> Result<u32, Error> {
    runs.next();
    sleep(ms(10)).await;
    Err(Error::Busy)
}

#[tokio::test(start_paused = true)]
async fn a_total_limit_counts_all_attempts_and_the_pauses_between_them() {
    // Runs at 0, 30, 60, 90, 120; the last one ends at 130.
    for (limit, attempts) in [(5, 1), (15, 1), (29, 1), (35, 2), (65, 3), (119, 4), (129, 5)] {
        let runs = Runs::default();
        let (out, elapsed) = timed(failing(CancellationToken::new(), Some(ms(limit)), &runs)).await;
        let Stopped::TimedOut(stop) = stop_of(out) else {
            panic!("not a timeout")
        };
        assert_eq!(
            (stop.kind, stop.limit, stop.attempts),
            (TimeoutKind::Total, Some(ms(limit)), attempts)
        );
        assert_eq!(
            (elapsed, runs.count()),
            (ms(limit), attempts),
            "total = {limit} ms"
        );
    }
    let runs = Runs::default();
    let (out, elapsed) = timed(failing(CancellationToken::new(), Some(ms(130)), &runs)).await;
    assert_eq!((out, elapsed, runs.count()), (Err(Error::Busy), ms(130), 5));
}

#[tokio::test(start_paused = true)]
async fn a_total_timeout_prints_its_attempts() {
    let out = failing(CancellationToken::new(), Some(ms(65)), &Runs::default()).await;
    assert_eq!(
        stop_of(out).to_string(),
        "failing timed out after 65ms (3 attempts)"
    );
    let out = failing(CancellationToken::new(), Some(ms(5)), &Runs::default()).await;
    assert_eq!(
        stop_of(out).to_string(),
        "failing timed out after 5ms (1 attempt)"
    );
}

#[tokio::test(start_paused = true)]
async fn an_attempt_limit_is_for_each_attempt_and_counts_no_pause() {
    #[retry(attempts = 3, constant(20ms), jitter = none)]
    #[with_timeout(30ms, attempt)]
    async fn call(runs: &Runs, waits: &[u64]) -> Result<u32, Error> {
        let run = runs.next();
        sleep(ms(waits[run as usize - 1])).await;
        Ok(run)
    }
    assert_eq!(timed(call(&Runs::default(), &[30])).await, (Ok(1), ms(30)));
    assert_eq!(
        timed(call(&Runs::default(), &[31, 29])).await,
        (Ok(2), ms(30 + 20 + 29))
    );
    let (out, elapsed) = timed(call(&Runs::default(), &[31, 99, 31])).await;
    let Stopped::TimedOut(stop) = stop_of(out) else {
        panic!("not a timeout")
    };
    assert_eq!(
        (stop.kind, stop.limit, stop.attempts),
        (TimeoutKind::Attempt, Some(ms(30)), 3)
    );
    assert_eq!(stop.to_string(), "call timed out after 30ms");
    assert_eq!(elapsed, ms(30 + 20 + 30 + 20 + 30));
}

#[tokio::test(start_paused = true)]
async fn total_and_attempt_limits_together() {
    #[with_timeout(100ms, total)]
    #[retry(attempts = 5, constant(20ms), jitter = none)]
    #[with_timeout(30ms, attempt)]
    async fn call(runs: &Runs, good: u32) -> Result<u32, Error> {
        match runs.next() {
            run if run == good => Ok(run),
            _ => pending().await,
        }
    }
    assert_eq!(timed(call(&Runs::default(), 2)).await, (Ok(2), ms(50)));
    // The third begins at 100, and the limit passes in the same poll: what is ready then has won.
    assert_eq!(timed(call(&Runs::default(), 3)).await, (Ok(3), ms(100)));
    let runs = Runs::default();
    let (out, elapsed) = timed(call(&runs, 9)).await;
    let Stopped::TimedOut(stop) = stop_of(out) else {
        panic!("not a timeout")
    };
    assert_eq!(
        (stop.kind, stop.attempts, elapsed),
        (TimeoutKind::Total, runs.count(), ms(100))
    );
}

#[tokio::test(start_paused = true)]
async fn an_expression_is_evaluated_once_per_run_of_its_layer() {
    // Above retry once per call, below it once per attempt: with what the arguments are then.
    #[with_timeout(limits.take_total(), total)]
    #[retry(attempts = 9, constant(0s))]
    #[with_timeout(limits.take_attempt(), attempt)]
    async fn call(limits: &Limits) -> Result<u32, Error> {
        pending().await
    }
    struct Limits(std::cell::Cell<u64>);
    impl Limits {
        fn take_total(&self) -> Duration {
            assert_eq!(self.0.get(), 0);
            ms(35)
        }
        fn take_attempt(&self) -> Duration {
            self.0.set(self.0.get() + 10);
            ms(self.0.get())
        }
    }
    let limits = Limits(std::cell::Cell::new(0));
    let (out, elapsed) = timed(call(&limits)).await;
    let Stopped::TimedOut(stop) = stop_of(out) else {
        panic!("not a timeout")
    };
    // 10, then 20, then cut after 5 of 30.
    assert_eq!((stop.attempts, elapsed, limits.0.get()), (3, ms(35), 30));
}
