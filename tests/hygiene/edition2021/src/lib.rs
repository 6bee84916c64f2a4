//! A crate of edition 2021.

#![deny(warnings)]
#![forbid(unsafe_code)]

#[cfg(test)]
#[path = "../../shared/every.rs"]
mod every;
#[cfg(test)]
#[path = "../../shared/layers.rs"]
mod layers;
#[cfg(test)]
#[path = "../../shared/traced.rs"]
mod traced;

use tokio_util::sync::CancellationToken;

const NEVER: Option<std::time::Instant> = None;

mod traps {}

#[cfg(test)]
#[path = "../../shared/tail.rs"]
mod tail;

/// When a temporary in a tail is dropped.
#[cfg(test)]
const BEFORE_LOCALS: bool = false;
