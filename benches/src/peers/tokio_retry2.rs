//! tokio-retry2: the action says of each error whether it is worth another attempt.

use std::time::Duration;

use tokio_retry2::{
    Retry, RetryError,
    strategy::{ExponentialBackoff, FixedInterval},
};

use crate::subject::{Calls, Error, LONGEST, Outcome, flaky, never, once, ready};

fn judge(error: Error) -> RetryError<Error> {
    if error.is_transient() {
        RetryError::transient(error)
    } else {
        RetryError::permanent(error)
    }
}

macro_rules! each {
    ($($retry:ident: $body:ident)*) => {$(
        pub(crate) async fn $retry(x: u64) -> Outcome {
            let schedule = ExponentialBackoff::from_millis(2).factor(50).max_delay(LONGEST);
            Retry::spawn(schedule.take(2), || async { $body(x).await.map_err(judge) }).await
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
    Retry::spawn(schedule.take(2), || async {
        flaky(x, calls).await.map_err(judge)
    })
    .await
}
