//! Where a call meets other crates: their errors row by row, as they really occur, and deadlines on their way through
//! real servers.
//!
//! Most of this runs on the real clock: a paused one jumps ahead while a byte is on its way. Nothing waits longer
//! than it must, and no upper limit is asserted that a busy machine could miss. What needs no connection is on a
//! paused clock, with exact times.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod axum;
mod chains;
mod http;
mod http_timeout_header;
mod reqwest;
mod reqwest_checked;
mod reqwest_failures;
mod sqlx;
mod sqlx_codes;
mod support;
mod tonic;
mod tonic_stopped;
mod tower;
mod tower_bodies;
mod tower_streams;
mod two_hops;
mod two_hops_grpc;
mod two_hops_http;
