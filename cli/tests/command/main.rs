//! The real binary on temporary trees: every command, format and exit status, and everything that may be wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod bad_input;
mod baseline;
mod check;
mod explain;
mod fix;
mod formats;
mod init;
mod list;
mod page;
mod since;
mod support;
mod terminal;
