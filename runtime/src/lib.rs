//! Good manners for async Rust on Tokio, stated once on the function and kept by the compiler:
//! leave when asked, never wait for ever, do not nag, say where you are.
//!
//! This crate is what the attributes expand to, and the types their options are written in. The
//! same limits work on any future through [`Limits`].

#![forbid(unsafe_code)]

pub use etiquette_macros::{Classify, cancellable, instrument_task, retry, retrying, with_timeout};

mod cancel;
mod carry;
mod classify;
mod event;
mod keep;
mod limit;
mod limits;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod probe;
mod progress;
mod retry;
mod shim;
mod stopped;
mod task;
mod timeout;

pub use cancel::CancelSource;
pub use classify::{Class, Classify, classify_chain};
pub use limit::{Deadline, Limit};
pub use limits::{Limits, OrCancelled, WithTimeout, WithTimeoutAt};
pub use retry::{Attempt, Jitter, KeyedRetryBudget, RetryBudget, RetryPolicy, Retrying};
pub use stopped::{
    AtCapacity, Cancelled, CircuitOpen, RateLimited, Reason, Stopped, TimedOut, TimeoutKind,
};
