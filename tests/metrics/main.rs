//! What each layer counts: every metric of the table on the page of `etiquette::telemetry`, with exact numbers, on a paused
//! clock.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod calls;
mod closed;
mod layers;
mod limits;
mod queue;
mod support;
