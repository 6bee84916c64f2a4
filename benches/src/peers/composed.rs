//! The best of each: tracing's attribute, tokio-util's cancellation, tokio's timeouts, backon's
//! retry. No budget, and no outcome on the span.

use backon::{ExponentialBuilder, Retryable};
use tokio::time::timeout;
use tokio_util::{future::FutureExt, sync::CancellationToken};

use crate::subject::{ATTEMPT, Error, FIRST, LONGEST, Outcome, TOTAL, never, once, ready};

const SCHEDULE: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(FIRST)
    .with_max_delay(LONGEST)
    .with_max_times(2)
    .with_jitter();

macro_rules! each {
    ($($stack:ident: $body:ident)*) => {$(
        #[tracing::instrument(skip(token), err)]
        pub(crate) async fn $stack(token: &CancellationToken, x: u64) -> Outcome {
            let attempt = || async {
                timeout(ATTEMPT, $body(x)).await.unwrap_or(Err(Error::TimedOut))
            };
            timeout(TOTAL, attempt.retry(SCHEDULE).when(Error::is_transient))
                .with_cancellation_token(token)
                .await
                .unwrap_or(Ok(Err(Error::Cancelled)))
                .unwrap_or(Err(Error::TimedOut))
        }
    )*};
}

each! {
    stack_ready: ready
    stack_once: once
    stack_never: never
}
