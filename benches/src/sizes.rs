//! Bytes of the future of a call whose body holds its argument across a wait.

use backon::{ExponentialBuilder, Retryable};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use tokio::time::timeout;
use tokio_util::{future::FutureExt, sync::CancellationToken};

use crate::{
    harness::block_on,
    peers::hand,
    subject::{ATTEMPT, Error, Outcome, TOTAL, carry},
};

/// The sizes for one size of argument.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Bytes of the argument.
    pub argument: usize,
    /// Who, and how large its future is. The first is the body alone, the last two are the full
    /// stack: ours, and by hand.
    pub futures: Vec<(&'static str, usize)>,
}

impl Sizes {
    /// The size of the future of that name.
    #[must_use]
    pub fn of(&self, name: &str) -> usize {
        let found = self.futures.iter().find(|(known, _)| *known == name);
        found.map_or(0, |(_, size)| *size)
    }
}

/// The body alone.
pub const BODY: &str = "the body alone";
/// Each layer of ours.
pub const LAYERS: [&str; 4] = ["with_timeout", "cancellable", "retry", "instrument_task"];
/// All of ours.
pub const STACK: &str = "full stack";
/// All of it by hand.
pub const HAND: &str = "full stack, hand";

macro_rules! sizes {
    ($module:ident, $bytes:literal, $hand:ident) => {
        mod $module {
            use super::*;

            type Argument = [u8; $bytes];

            async fn plain(bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[with_timeout(30s)]
            async fn timed(bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[cancellable]
            async fn cancelled(token: &CancellationToken, bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[retry]
            async fn retried(bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[instrument_task]
            async fn watched(bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[instrument_task(err)]
            #[cancellable]
            #[with_timeout(30s, total)]
            #[retry]
            #[with_timeout(2s, attempt)]
            async fn stacked(token: &CancellationToken, bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[tracing::instrument(skip_all)]
            async fn traced(bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            #[tracing::instrument(skip_all, err)]
            async fn traced_err(bytes: Argument) -> Outcome {
                carry(&bytes).await
            }

            pub(super) fn sizes() -> Sizes {
                let token = &CancellationToken::new();
                let bytes = [0; $bytes];
                let body = || plain(bytes);
                let futures = vec![
                    (BODY, size_of_val(&plain(bytes))),
                    ("with_timeout", size_of_val(&timed(bytes))),
                    (
                        "tokio::time::timeout",
                        size_of_val(&timeout(TOTAL, plain(bytes))),
                    ),
                    (
                        "pingora-timeout",
                        size_of_val(&pingora_timeout::timeout(TOTAL, plain(bytes))),
                    ),
                    ("cancellable", size_of_val(&cancelled(token, bytes))),
                    (
                        "with_cancellation_token",
                        size_of_val(&plain(bytes).with_cancellation_token(token)),
                    ),
                    (
                        "run_until_cancelled",
                        size_of_val(&token.run_until_cancelled(plain(bytes))),
                    ),
                    ("retry", size_of_val(&retried(bytes))),
                    (
                        "backon",
                        size_of_val(
                            &body
                                .retry(ExponentialBuilder::new())
                                .when(Error::is_transient),
                        ),
                    ),
                    (
                        "tryhard",
                        size_of_val(
                            &tryhard::retry_fn(body)
                                .retries(2)
                                .exponential_backoff(ATTEMPT),
                        ),
                    ),
                    ("instrument_task", size_of_val(&watched(bytes))),
                    ("tracing", size_of_val(&traced(bytes))),
                    ("tracing, err", size_of_val(&traced_err(bytes))),
                    (STACK, size_of_val(&stacked(token, bytes))),
                    (HAND, size_of_val(&hand::$hand(token, bytes))),
                ];
                Sizes {
                    argument: $bytes,
                    futures,
                }
            }
        }
    };
}

sizes!(small, 64, carry_64);
sizes!(large, 1024, carry_1k);

/// For arguments of 64 bytes and of 1 KiB.
#[must_use]
pub fn all() -> [Sizes; 2] {
    // Tokio's timeout looks for a runtime when it is made.
    block_on(async { [small::sizes(), large::sizes()] })
}
