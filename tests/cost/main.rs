//! What a layer costs when the body is ready at once: no allocation, and no more memory than stated.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod allocations;
mod sizes;

/// An error as services have it.
#[derive(Debug, thiserror::Error, etiquette::Classify)]
pub(crate) enum Error {
    /// One of our layers stopped the call.
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] etiquette::Stopped),
    /// Try again.
    #[error("busy")]
    #[transient]
    Busy,
}
