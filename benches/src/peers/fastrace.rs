//! fastrace, which compiles to nothing without its feature `enable`.

use crate::subject::{Outcome, once, ready};

#[fastrace::trace]
pub(crate) async fn span_ready(x: u64) -> Outcome {
    ready(x).await
}

#[fastrace::trace]
pub(crate) async fn span_once(x: u64) -> Outcome {
    once(x).await
}
