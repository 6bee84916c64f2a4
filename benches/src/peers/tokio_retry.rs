//! tokio-retry.

use std::time::Duration;

use tokio_retry::{
    RetryIf,
    strategy::{ExponentialBackoff, FixedInterval, jitter},
};

use crate::subject::{Calls, Error, LONGEST, Outcome, flaky, never, once, ready};

macro_rules! each {
    ($($retry:ident: $body:ident)*) => {$(
        pub(crate) async fn $retry(x: u64) -> Outcome {
            let schedule = ExponentialBackoff::from_millis(2).factor(50).max_delay(LONGEST).map(jitter);
            RetryIf::start(schedule.take(2), || $body(x), Error::is_transient).await
        }
    )*};
}

each! {
    retry_ready: ready
    retry_once: once
    retry_never: never
}

pub(crate) async fn retry_flaky(x: u64, calls: &Calls) -> Outcome {
    let schedule = FixedInterval::new(Duration::ZERO);
    RetryIf::start(schedule.take(2), || flaky(x, calls), Error::is_transient).await
}
