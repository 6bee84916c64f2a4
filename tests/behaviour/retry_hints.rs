//! A server that says when to come back: waited for in full, up to a point.

use crate::support::{Error, Runs, ms, secs, timed};
use etiquette::retry;
use std::time::Duration;

// H171
#[tokio::test(start_paused = true)]
async fn a_hint_is_waited_in_full_without_jitter_instead_of_the_schedule() {
    #[retry(attempts = 4, exponential(1s), jitter = full)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(secs(7))),
            2 => Err(Error::Later(ms(1))),
            3 => Err(Error::Later(secs(60))),
            run => Ok(run),
        }
    }
    assert_eq!(timed(call(&Runs::default())).await, (Ok(4), ms(67_001)));
}

#[tokio::test(start_paused = true)]
async fn a_hint_may_exceed_the_schedules_max_and_be_zero() {
    #[retry(attempts = 3, exponential(1ms, max = 2ms))]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(secs(5))),
            2 => Err(Error::Later(Duration::ZERO)),
            run => Ok(run),
        }
    }
    assert_eq!(timed(call(&Runs::default())).await, (Ok(3), secs(5)));
}

#[tokio::test(start_paused = true)]
async fn a_hint_above_60_s_gives_up_now() {
    #[retry(attempts = 2)]
    async fn call(runs: &Runs, hint: Duration) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(hint)),
            run => Ok(run),
        }
    }
    let more = secs(60) + Duration::from_nanos(1);
    assert_eq!(timed(call(&Runs::default(), secs(60))).await, (Ok(2), secs(60)));
    assert_eq!(
        timed(call(&Runs::default(), more)).await,
        (Err(Error::Later(more)), ms(0))
    );
}

#[tokio::test(start_paused = true)]
async fn max_hint_says_how_long_is_too_long() {
    #[retry(attempts = 2, max_hint = 5s)]
    async fn literal(runs: &Runs, hint: Duration) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(hint)),
            run => Ok(run),
        }
    }
    #[retry(attempts = 2, max_hint = max)]
    async fn expression(runs: &Runs, hint: Duration, max: Duration) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(hint)),
            run => Ok(run),
        }
    }
    assert_eq!(timed(literal(&Runs::default(), secs(5))).await, (Ok(2), secs(5)));
    assert_eq!(
        timed(literal(&Runs::default(), secs(6))).await,
        (Err(Error::Later(secs(6))), ms(0))
    );
    assert_eq!(
        timed(expression(&Runs::default(), secs(300), secs(300))).await,
        (Ok(2), secs(300))
    );
    assert_eq!(
        timed(expression(&Runs::default(), secs(9), Duration::MAX)).await,
        (Ok(2), secs(9))
    );
    assert_eq!(
        timed(expression(&Runs::default(), ms(1), ms(0))).await,
        (Err(Error::Later(ms(1))), ms(0))
    );
}

#[tokio::test(start_paused = true)]
async fn a_hint_that_does_not_fit_max_elapsed_gives_up_now() {
    #[retry(attempts = 3, constant(1ms), max_elapsed = 10s)]
    async fn call(runs: &Runs, hint: Duration) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(secs(4))),
            2 => Err(Error::Later(hint)),
            run => Ok(run),
        }
    }
    assert_eq!(timed(call(&Runs::default(), secs(6))).await, (Ok(3), secs(10)));
    let more = secs(6) + ms(1);
    assert_eq!(
        timed(call(&Runs::default(), more)).await,
        (Err(Error::Later(more)), secs(4))
    );
}

#[tokio::test(start_paused = true)]
async fn a_hint_counts_also_under_any_and_where_a_predicate_says_yes() {
    #[retry(attempts = 2, constant(1ms), when = any)]
    async fn any(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(secs(3))),
            run => Ok(run),
        }
    }
    #[retry(attempts = 2, constant(1ms), when = |_| true)]
    async fn yes(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Later(secs(3))),
            run => Ok(run),
        }
    }
    assert_eq!(timed(any(&Runs::default())).await, (Ok(2), secs(3)));
    assert_eq!(timed(yes(&Runs::default())).await, (Ok(2), secs(3)));
}
