//! A crate of edition 2021.

#![deny(warnings)]
#![forbid(unsafe_code)]

#[cfg(test)]
#[path = "../../shared/every.rs"]
mod every;
#[cfg(test)]
#[path = "../../shared/traced.rs"]
mod traced;

use tokio_util::sync::CancellationToken;

const NEVER: Option<std::time::Instant> = None;

mod traps {}
