//! Without `metrics` and `test-util` a call carries nothing for them, and a call that nobody listens to reads no clock.
//!
//! `cargo test -p etiquette --test telemetry_off`: in a build of the whole workspace other crates ask for both.

#![cfg(all(feature = "tracing", not(any(feature = "metrics", feature = "test-util"))))]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    mem::size_of,
    sync::atomic::AtomicBool,
    task::{Context, Poll, Waker},
};

use etiquette::__private as P;

/// What a span needs that says how its call ended.
#[allow(dead_code, reason = "it is only measured")]
struct OnlyASpan {
    span: tracing::Span,
    started: Option<tokio::time::Instant>,
    polling: AtomicBool,
}

#[test]
fn a_task_is_a_span_and_no_more() {
    assert_eq!(size_of::<P::Task>(), size_of::<OnlyASpan>());
}

#[etiquette::instrument_task]
#[etiquette::fallback(Ok(0))]
#[etiquette::retry(attempts = 3, delays(0ms), when = any)]
async fn fetch(out: Result<u32, &'static str>) -> Result<u32, &'static str> {
    out
}

/// Outside of any runtime: whoever armed a timer would panic; and whoever told of something would allocate its text.
#[test]
fn a_failure_that_nobody_hears_of_allocates_nothing() {
    let call = || {
        let mut call = std::pin::pin!(fetch(Err("busy")));
        match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(out) => assert_eq!(out, Ok(0)),
            Poll::Pending => panic!("it never waits"),
        }
    };
    // The clock of the budget remembers when it was first asked.
    call();
    assert_eq!(allocation_counter::measure(call).count_total, 0);
}
