//! tokio-timeout, an attribute over `tokio::time::timeout`.

use crate::subject::{Error, Outcome, once, ready};

fn late(_: &'static str) -> Outcome {
    Err(Error::TimedOut)
}

#[tokio_timeout::timeout(duration = "30s", on_error = late)]
pub(crate) async fn timeout_ready(x: u64) -> Outcome {
    ready(x).await
}

#[tokio_timeout::timeout(duration = "30s", on_error = late)]
pub(crate) async fn timeout_once(x: u64) -> Outcome {
    once(x).await
}
