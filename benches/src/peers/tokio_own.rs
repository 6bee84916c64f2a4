//! What tokio and tokio-util have for one layer.

use tokio_util::{future::FutureExt, sync::CancellationToken};

use crate::subject::{Error, Outcome, TOTAL, never, once, ready};

macro_rules! each {
    ($($timeout:ident $with_token:ident $run_until:ident $body_first:ident: $body:ident)*) => {$(
        pub(crate) async fn $timeout(x: u64) -> Outcome {
            $body(x).timeout(TOTAL).await.unwrap_or(Err(Error::TimedOut))
        }

        pub(crate) async fn $with_token(token: &CancellationToken, x: u64) -> Outcome {
            $body(x).with_cancellation_token(token).await.unwrap_or(Err(Error::Cancelled))
        }

        pub(crate) async fn $run_until(token: &CancellationToken, x: u64) -> Outcome {
            token.run_until_cancelled($body(x)).await.unwrap_or(Err(Error::Cancelled))
        }

        pub(crate) async fn $body_first(token: &CancellationToken, x: u64) -> Outcome {
            tokio::select! {
                biased;
                out = $body(x) => out,
                () = token.cancelled() => Err(Error::Cancelled),
            }
        }
    )*};
}

each! {
    timeout_ready with_token_ready run_until_ready body_first_ready: ready
    timeout_once with_token_once run_until_once body_first_once: once
    timeout_never with_token_never run_until_never body_first_never: never
}
