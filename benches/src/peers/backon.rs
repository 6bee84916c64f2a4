//! backon: any error is retried unless `when` says otherwise; no budget.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use crate::subject::{Calls, Error, FIRST, LONGEST, Outcome, flaky, never, once, ready};

const SCHEDULE: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(FIRST)
    .with_max_delay(LONGEST)
    .with_max_times(2)
    .with_jitter();

macro_rules! each {
    ($($retry:ident: $body:ident)*) => {$(
        pub(crate) async fn $retry(x: u64) -> Outcome {
            (|| $body(x)).retry(SCHEDULE).when(Error::is_transient).await
        }
    )*};
}

each! {
    retry_ready: ready
    retry_once: once
    retry_never: never
}

pub(crate) async fn retry_flaky(x: u64, calls: &Calls) -> Outcome {
    const NONE: ExponentialBuilder = ExponentialBuilder::new()
        .with_min_delay(Duration::ZERO)
        .with_max_times(2);
    (|| flaky(x, calls))
        .retry(NONE)
        .sleep(|_| std::future::ready(()))
        .when(Error::is_transient)
        .await
}
