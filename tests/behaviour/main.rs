//! What each layer does, sentence by sentence, on a paused clock: every time asserted is exact.
//!
//! A test that lets real time pass says why. What a hand-written version would do is in `twins`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod boxed;
mod cancel_channels;
mod cancel_sources;
mod cancellable;
mod cancellable_grace;
mod cancellable_returns;
mod classify;
mod classify_derive;
mod composition;
mod composition_limits;
mod composition_spans;
mod drop_order;
mod drops;
mod instrument_attempts;
mod instrument_events;
mod instrument_outcome;
mod instrument_task;
mod limits;
mod limits_cancel;
mod order;
mod panics;
mod pauses;
mod recorder;
mod retry_budget;
mod retry_budget_shared;
mod retry_cancelled;
mod retry_clone_attempt;
mod retry_hints;
mod retry_hooks;
mod retry_jitter;
mod retry_policy;
mod retry_schedule;
mod retry_timeouts;
mod retry_when;
mod retry_zero;
mod retrying;
mod send;
mod send_arguments;
mod stopped;
mod stopped_as;
mod support;
mod twins;
mod values;
mod values_duration;
mod with_timeout;
mod with_timeout_returns;
mod with_timeout_until;
