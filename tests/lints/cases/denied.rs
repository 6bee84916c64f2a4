//! Functions without a fault, in crates that deny and forbid whatever an expansion might do or allow.

#![deny(warnings)]
// H93
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason
)]
#![deny(
    clippy::shadow_unrelated,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]
// H100
#![deny(
    clippy::integer_division_remainder_used,
    clippy::redundant_type_annotations,
    clippy::semicolon_inside_block
)]
// H94
#![deny(
    elided_lifetimes_in_paths,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications,
    unused_results
)]
#![deny(
    let_underscore_drop,
    missing_docs,
    trivial_casts,
    unreachable_pub,
    unused_import_braces
)]
// H91, H92
#![forbid(
    unsafe_code,
    unreachable_code,
    unused_assignments,
    unused_braces,
    unused_mut,
    unused_parens
)]
#![forbid(
    unused_must_use,
    unused_unsafe,
    unused_variables,
    dead_code,
    unreachable_patterns,
    unused_labels
)]

use core::fmt::{Display, Formatter};

/// An error as services have it.
#[derive(Debug, etiquette::Classify)]
#[non_exhaustive]
pub enum Error {
    /// A layer stopped the call.
    #[classify(inner)]
    Stopped(etiquette::Stopped),
    /// Try again.
    #[transient]
    Busy,
}

impl From<etiquette::Stopped> for Error {
    fn from(stopped: etiquette::Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Stopped(_) => f.write_str("stopped"),
            Self::Busy => f.write_str("busy"),
        }
    }
}

impl core::error::Error for Error {}

/// One trip through the scheduler.
pub async fn tick() {
    tokio::task::yield_now().await;
}
