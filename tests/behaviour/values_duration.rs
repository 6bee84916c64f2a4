//! Durations as every attribute accepts them: literals, strings, and expressions.

use crate::support::{Error, ms, pending, secs, sleep, stop_of, timed};
use etiquette::{cancellable, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long it took until a call that never ends by itself was stopped by a limit written like this.
macro_rules! stopped_after {
    ($($limit:tt)*) => {{
        #[with_timeout($($limit)*)]
        async fn call() -> Result<u32, Error> {
            pending().await
        }
        let (out, elapsed) = timed(call()).await;
        assert!(stop_of(out).is_timeout());
        elapsed
    }};
}

// H156
#[tokio::test(start_paused = true)]
async fn a_duration_is_a_bare_literal_with_its_unit() {
    assert_eq!(stopped_after!(5s), secs(5));
    assert_eq!(stopped_after!(250ms), ms(250));
    assert_eq!(stopped_after!(1m30s), secs(90));
    assert_eq!(stopped_after!(1h), secs(3_600));
    assert_eq!(stopped_after!(0.5s), ms(500));
    assert_eq!(stopped_after!(1.5h), secs(5_400));
    assert_eq!(stopped_after!(1_500ms), ms(1_500));
    assert_eq!(stopped_after!(2m), secs(120));
    // Tokio's timer counts whole milliseconds, and never too few.
    assert_eq!(stopped_after!(500us), ms(1));
    assert_eq!(stopped_after!(1_200us), ms(2));
}

#[tokio::test(start_paused = true)]
async fn a_duration_is_a_string() {
    assert_eq!(stopped_after!("1m 30s"), secs(90));
    assert_eq!(stopped_after!("5s"), secs(5));
    assert_eq!(stopped_after!("0.25 s"), ms(250));
    assert_eq!(
        stopped_after!("1d 1h 1m 1s 1ms"),
        secs(86_400 + 3_600 + 61) + ms(1)
    );
}

#[test]
fn the_limit_in_the_error_is_the_one_written() {
    #[with_timeout(1m30s)]
    async fn call() -> Result<u32, Error> {
        pending().await
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let stop = stop_of(runtime.block_on(call()));
    assert_eq!(stop.to_string(), "call timed out after 90s");
}

mod limits {
    pub(super) const DB: std::time::Duration = std::time::Duration::from_millis(30);
    pub(super) static HTTP: std::time::Duration = std::time::Duration::from_millis(40);
    pub(super) const NONE: Option<std::time::Duration> = None;
}

// H156
#[tokio::test(start_paused = true)]
async fn a_duration_is_any_expression_of_a_duration_or_an_option() {
    assert_eq!(stopped_after!(limits::DB), ms(30));
    assert_eq!(stopped_after!(limits::HTTP), ms(40));
    assert_eq!(stopped_after!(limits::DB * 2), ms(60));
    assert_eq!(
        stopped_after!(limits::DB.saturating_sub(Duration::from_millis(10))),
        ms(20)
    );
    assert_eq!(stopped_after!(Some(limits::DB)), ms(30));
    assert_eq!(
        stopped_after!(std::cmp::min(limits::DB, Duration::from_millis(7))),
        ms(7)
    );
    assert_eq!(
        stopped_after!(if true { limits::DB } else { Duration::MAX }),
        ms(30)
    );
    assert_eq!(
        stopped_after!({
            let once = limits::DB;
            once + once
        }),
        ms(60)
    );
    #[with_timeout(limits::NONE)]
    async fn none() -> Result<u32, Error> {
        sleep(secs(1_000_000)).await;
        Ok(7)
    }
    assert_eq!(none().await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn every_option_that_is_a_duration_takes_all_of_it() {
    #[cancellable(grace = "30 ms")]
    async fn grace(token: CancellationToken) -> Result<u32, Error> {
        token.cancel();
        pending().await
    }
    #[retry(attempts = 2, constant(limits::DB), jitter = none)]
    async fn constant() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 4, delays(10ms, "20 ms", limits::DB))]
    async fn delays() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 4, exponential(limits::DB, factor = 1.5, max = first * 2), jitter = none)]
    async fn exponential(first: Duration) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 9, constant(10ms), jitter = none, max_elapsed = Some(limits::DB))]
    async fn max_elapsed() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert_eq!(timed(grace(CancellationToken::new())).await.1, ms(30));
    assert_eq!(timed(constant()).await.1, ms(30));
    assert_eq!(timed(delays()).await.1, ms(60));
    assert_eq!(timed(exponential(ms(25))).await.1, ms(30 + 45 + 50));
    assert_eq!(timed(max_elapsed()).await.1, ms(30));
}
