//! etiquette, as its users write it.

use etiquette::{RetryBudget, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

use crate::subject::{Calls, Outcome, flaky, never, once, ready};

/// Does not run dry in a loop of failures; counts as the default one does.
static LARGE: RetryBudget = RetryBudget::new()
    .capacity(RetryBudget::MAX_CAPACITY)
    .refill_per_second(u32::MAX);

macro_rules! each {
    ($($retry:ident $timeout:ident $cancel:ident $span:ident $stack:ident: $body:ident)*) => {$(
        #[retry]
        pub(crate) async fn $retry(x: u64) -> Outcome {
            $body(x).await
        }

        #[with_timeout(30s)]
        pub(crate) async fn $timeout(x: u64) -> Outcome {
            $body(x).await
        }

        #[cancellable]
        pub(crate) async fn $cancel(token: &CancellationToken, x: u64) -> Outcome {
            $body(x).await
        }

        #[instrument_task(fields(x))]
        pub(crate) async fn $span(x: u64) -> Outcome {
            $body(x).await
        }

        #[instrument_task(fields(x), err)]
        #[cancellable]
        #[with_timeout(30s, total)]
        #[retry]
        #[with_timeout(2s, attempt)]
        pub(crate) async fn $stack(token: &CancellationToken, x: u64) -> Outcome {
            $body(x).await
        }
    )*};
}

each! {
    retry_ready timeout_ready cancel_ready span_ready stack_ready: ready
    retry_once timeout_once cancel_once span_once stack_once: once
    retry_never timeout_never cancel_never span_never stack_never: never
}

#[retry(constant(0s), budget = &LARGE)]
pub(crate) async fn retry_flaky(x: u64, calls: &Calls) -> Outcome {
    flaky(x, calls).await
}

#[retry(constant(0s), budget = none)]
pub(crate) async fn retry_flaky_unbudgeted(x: u64, calls: &Calls) -> Outcome {
    flaky(x, calls).await
}

#[instrument_task(fields(x), err)]
#[cancellable]
#[with_timeout(30s, total)]
#[retry(constant(0s), budget = &LARGE)]
#[with_timeout(2s, attempt)]
pub(crate) async fn stack_flaky(token: &CancellationToken, x: u64, calls: &Calls) -> Outcome {
    flaky(x, calls).await
}

#[instrument_task(fields(x), err)]
pub(crate) async fn span_err(x: u64) -> Outcome {
    ready(x).await
}

macro_rules! sized {
    ($($bytes:literal $timeout:ident $stack:ident)*) => {$(
        #[with_timeout(30s)]
        pub(crate) async fn $timeout(bytes: [u8; $bytes]) -> Outcome {
            ready(u64::from(bytes[7])).await
        }

        #[instrument_task(err)]
        #[cancellable]
        #[with_timeout(30s, total)]
        #[retry]
        #[with_timeout(2s, attempt)]
        pub(crate) async fn $stack(token: &CancellationToken, bytes: [u8; $bytes]) -> Outcome {
            ready(u64::from(bytes[7])).await
        }
    )*};
}

sized! {
    64 timeout_64 stack_64
    1024 timeout_1k stack_1k
}
