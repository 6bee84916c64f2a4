//! retry-if, an attribute. It reads the clock at entry.

// Its expansion asks for a feature of its own in the crate that uses it.
#![allow(unexpected_cfgs, reason = "in the expansion of a peer")]

use retry_if::{ExponentialBackoffConfig, retry};

use crate::subject::{FIRST, LONGEST, Outcome, never, once, ready};

const SCHEDULE: ExponentialBackoffConfig = ExponentialBackoffConfig {
    max_retries: 2,
    t_wait: FIRST,
    backoff: 2.0,
    t_wait_max: None,
    backoff_max: Some(LONGEST),
};

fn transient(out: &Outcome) -> bool {
    matches!(out, Err(error) if error.is_transient())
}

#[retry(SCHEDULE, transient)]
pub(crate) async fn retry_ready(x: u64) -> Outcome {
    ready(x).await
}

#[retry(SCHEDULE, transient)]
pub(crate) async fn retry_once(x: u64) -> Outcome {
    once(x).await
}

#[retry(SCHEDULE, transient)]
pub(crate) async fn retry_never(x: u64) -> Outcome {
    never(x).await
}
