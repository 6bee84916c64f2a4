//! tryhard: any error is retried.

use crate::subject::{FIRST, LONGEST, Outcome, never, once, ready};

macro_rules! each {
    ($($retry:ident: $body:ident)*) => {$(
        pub(crate) async fn $retry(x: u64) -> Outcome {
            tryhard::retry_fn(|| $body(x)).retries(2).exponential_backoff(FIRST).max_delay(LONGEST).await
        }
    )*};
}

each! {
    retry_ready: ready
    retry_once: once
    retry_never: never
}
