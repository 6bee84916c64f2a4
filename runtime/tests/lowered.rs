//! What the attributes expand to, written by hand: the seam compiles, and each layer behaves.

#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(
    unused_mut,
    clippy::manual_unwrap_or,
    clippy::match_single_binding,
    clippy::needless_borrow,
    clippy::needless_return,
    reason = "this is how expansions are written"
)]

#[path = "lowered/breaker.rs"]
mod breaker;
#[path = "lowered/cancel.rs"]
mod cancel;
#[path = "lowered/concurrency.rs"]
mod concurrency;
#[path = "lowered/detached.rs"]
mod detached;
#[path = "lowered/fallback.rs"]
mod fallback;
#[path = "lowered/generic.rs"]
mod generic;
#[path = "lowered/hedge.rs"]
mod hedge;
#[path = "lowered/rate.rs"]
mod rate;
#[path = "lowered/retry.rs"]
mod retry;
#[cfg(feature = "tracing")]
#[path = "lowered/span.rs"]
mod span;
#[cfg(feature = "tracing")]
#[path = "lowered/stack.rs"]
mod stack;
#[path = "lowered/timeout.rs"]
mod timeout;

use std::{future::Future, time::Duration};

use etiquette::{Class, Classify, Stopped};

/// The error of a service as our users write it.
#[derive(Debug, thiserror::Error, PartialEq)]
pub(crate) enum Error {
    #[error("busy")]
    Busy,
    #[error("gone")]
    Gone,
    #[error("come back after {0:?}")]
    #[cfg_attr(
        not(feature = "tracing"),
        expect(dead_code, reason = "for the tests of spans")
    )]
    Later(Duration),
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

impl Classify for Error {
    fn class(&self) -> Class {
        match self {
            Self::Busy => Class::Transient,
            Self::Gone => Class::Permanent,
            Self::Later(wait) => Class::TransientAfter(*wait),
            Self::Stopped(stop) => stop.class(),
        }
    }
}

pub(crate) fn is_send<F: Future + Send>(future: F) -> F {
    future
}

pub(crate) const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}
