//! A crate without a prelude (H126).

#![no_implicit_prelude]
#![deny(warnings)]
#![cfg(test)]

#[path = "../../shared/every.rs"]
mod every;
#[path = "../../shared/layers.rs"]
mod layers;
#[path = "../../shared/traced.rs"]
mod traced;

use ::tokio_util::sync::CancellationToken;

const NEVER: ::core::option::Option<::std::time::Instant> = ::core::option::Option::None;

mod traps {}
