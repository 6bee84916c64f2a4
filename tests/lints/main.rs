//! Attributes stay silent: the same source with and without them, under every lint that clippy and rustc have, gives
//! the same hits; crates that deny lints still build; and what the user's own body does wrong is still said, where it
//! stands.
//!
//! The first run builds the dependencies of the crates under test, which takes about a minute; they land in
//! `target/tmp/lints`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod clippy;
mod diff;
mod known;
mod said;
mod source;
