//! Attributes for async functions on Tokio. A function states that it can be cancelled, how long it may
//! take, what is worth another attempt and what its span shows; each attribute turns it into the
//! `select!`, the timeout, the loop or the span that its body would otherwise contain.
//!
//! ```
//! use etiquette::{Classify, Stopped, cancellable, instrument_task, retry, with_timeout};
//! use tokio_util::sync::CancellationToken;
//!
//! #[derive(Debug, thiserror::Error, Classify)]
//! enum Error {
//!     #[error("the service is busy")]
//!     #[transient]
//!     Busy,
//!     #[error("stopped")]
//!     #[classify(inner)]
//!     Stopped(#[from] Stopped),
//! }
//!
//! #[instrument_task]
//! #[cancellable]
//! #[with_timeout(30s, total)]
//! #[retry(attempts = 5, exponential(50ms))]
//! #[with_timeout(2s, attempt)]
//! async fn price(token: CancellationToken, id: u32) -> Result<u32, Error> {
//!     ask(id).await
//! }
//! # async fn ask(id: u32) -> Result<u32, Error> {
//! #     static CALLS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
//! #     match CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
//! #         0 | 1 => Err(Error::Busy),
//! #         _ => Ok(id * 100),
//! #     }
//! # }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Error> {
//! let token = CancellationToken::new();
//! assert_eq!(price(token.clone(), 7).await?, 700);
//!
//! token.cancel();
//! let Err(Error::Stopped(stop)) = price(token, 7).await else { panic!() };
//! assert_eq!(stop.to_string(), "price was cancelled");
//! # Ok(())
//! # }
//! ```
//!
//! # The attributes
//!
//! | on a function | it |
//! |---|---|
//! | [`#[instrument_task]`](macro@instrument_task) | runs in a span that records how it ended |
//! | [`#[cancellable]`](macro@cancellable) | is dropped when a token, a channel or any future says so |
//! | [`#[with_timeout(5s)]`](macro@with_timeout) | is dropped when it takes longer |
//! | [`#[retry]`](macro@retry) | runs again after a failure that may pass |
//! | [`#[rate_limit(100, per = 1s)]`](macro@rate_limit) | begins no more often than that |
//! | [`#[concurrency_limit(16)]`](macro@concurrency_limit) | runs at most so many times at once |
//! | [`#[circuit_breaker]`](macro@circuit_breaker) | is refused for a while when too many calls fail |
//! | [`#[hedge(after = 50ms)]`](macro@hedge) | runs a second time beside a run that is slow |
//! | [`#[fallback(…)]`](macro@fallback) | has an answer when it fails |
//! | [`#[shield]`](macro@shield) | is finished when its caller leaves |
//! | [`#[blocking]`](macro@blocking) | runs on a thread on which it may block |
//!
//! [`etiquette::prelude`](prelude) has all of them, and what stands beside them, for one import.
//!
//! The page of each shows the code it stands for, written by hand, and a test runs both.
//! [The guide](guide) goes the other way: from a pattern, as people write it by hand, to what there is for it.
//!
//! Inside a body, [`Limits`] puts a timeout or a cancellation on any future, and
//! [`retrying!`](macro@retrying) puts a retry around a block. [`derive(Classify)`](derive@Classify) says
//! of an error type what is worth retrying.
//!
//! # The program
//!
//! [`#[etiquette::main]`](macro@main) runs a program until a signal asks it to end, and then ends it in order;
//! [`#[etiquette::test]`](macro@test) fails a test that leaves tasks behind. [`Tasks`] owns what is spawned, gives
//! it names, and waits for it at the end. A [`Scope`] is what a call and everything below it has in common: who can
//! call it off, for which reason, and until when it may take. [`shield()`] keeps both out of what must not be left
//! half done. A [`queue`](queue::bounded) has an end, and says when it nears it.
//!
//! # Order
//!
//! The attribute on top is the outermost: the stack above is one span around a call that leaves when
//! asked, has 30 seconds for all its attempts and the pauses between them, and 2 seconds for each. That
//! is also the recommended order. One that cannot be meant does not compile, and the error shows the
//! order to write: two timeouts that do not say which is which, say, or `#[cancellable]` below
//! `#[retry]`, where it would not be heard during a pause.
//!
//! # Conventions
//!
//! [`#[etiquette::conventions]`](macro@conventions) keeps the rules of a team's `etiquette.toml` while the code is
//! compiled, with what the compiler knows of types: a lock guard across an `.await`, a task whose handle is dropped.
//! [`#[etiquette::exempt]`](macro@exempt) says where one does not apply, and why.
//!
//! # Stopped calls
//!
//! A call that was cancelled or timed out returns [`Stopped`] through the function's own error type:
//! any `E: From<Stopped>` will do, so `anyhow::Error`, `Box<dyn Error + Send + Sync>`, `std::io::Error`
//! and an enum with a `#[from] Stopped` variant do. `error = …` makes the error by hand, and
//! `or_return = …` gives the whole return value where there is no error.
//!
//! # Features
//!
//! * `tracing`, on by default: spans, the [events](telemetry#events) of all layers, and the options of
//!   `#[instrument_task]` that need them.
//! * `metrics`: [counters, gauges and histograms](telemetry#metrics) of what the layers do, for the recorder of the
//!   `metrics` facade.
//! * `main`, on by default: `#[etiquette::main]`, and tests on several threads. Brings Tokio's signals and
//!   multi-thread runtime into the build; a library that only annotates functions can do without.
//! * `test-util`: tests on a paused clock, in which what functions keep from call to call is fresh; `etiquette::testing`.
//! * `conventions`: [`#[conventions]`](macro@conventions), with which the compiler keeps a team's rules.
//! * `dashmap`: the same, and it knows the guards of `DashMap`.
//! * `serde`: [`RetryPolicy`] in configuration files.
//! * `http`, `axum`, `reqwest`, `sqlx`, `tonic`: what a [`Stopped`] is as a status code, a response or an error of
//!   that crate, what its errors mean for another try, and the deadline in outgoing requests.
//! * `tower`: a layer that opens a [`Scope`] for every request, with the client's deadline.
//!
//! The page of the module that each of these adds has its tables.
//!
//! # Limits
//!
//! The attributes stand on an `async fn`, free or in an `impl` or a `trait`, and on functions that end
//! in `async move { … }` or `Box::pin(async move { … })`, among them the methods of `#[async_trait]`;
//! above a runner such as `#[tokio::test]`, not below. All waiting is on Tokio's clock, so it needs a
//! runtime with time enabled, and can be paused in tests. Code that does not await cannot be stopped by
//! any of this.
//!
//! Two lints see an annotated function differently: clippy's `unused_async` is silent for it, and rustc's
//! `unused_braces` may speak up where a `macro_rules!` macro puts a `$body:block` into it.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "tests"))]

pub use etiquette_macros::{
    Classify, blocking, cancellable, circuit_breaker, concurrency_limit, conventions, defaults, exempt,
    fallback, hedge, instrument_task, main, rate_limit, retry, retrying, shield, test, with_timeout,
};

#[cfg(feature = "conventions")]
#[doc(hidden)]
#[path = "conventions/mod.rs"]
pub mod __conventions;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod blocking;
mod breaker;
mod cancel;
mod carry;
mod classify;
mod clock;
mod concurrency;
pub mod control;
mod count;
mod edges;
mod fallback;
// Text only: nothing of it is in a build.
#[cfg(any(doc, doctest))]
pub mod guide;
mod hedge;
mod keep;
mod keys;
mod limit;
mod limits;
#[cfg(feature = "metrics")]
mod metrics;
mod nanos;
pub mod prelude;
mod probe;
mod progress;
pub mod queue;
mod rate;
mod retry;
mod runner;
mod scope;
mod shield;
mod shim;
#[cfg(feature = "tracing")]
mod shown;
mod state;
mod stopped;
mod task;
mod tasks;
pub mod telemetry;
#[cfg(feature = "test-util")]
pub mod testing;
mod timeout;
mod wait;

pub use breaker::{CircuitBreaker, CircuitPermit, CircuitState, KeyedCircuitBreaker};
pub use cancel::CancelSource;
pub use classify::{Class, Classify, classify_chain};
pub use concurrency::{ConcurrencyLimit, KeyedConcurrencyLimit, Slot};
#[cfg(feature = "axum")]
pub use edges::axum;
#[cfg(feature = "http")]
pub use edges::http;
#[cfg(feature = "reqwest")]
pub use edges::reqwest;
#[cfg(feature = "sqlx")]
pub use edges::sqlx;
#[cfg(feature = "tonic")]
pub use edges::tonic;
#[cfg(feature = "tower")]
pub use edges::tower;
pub use limit::{Deadline, Limit};
pub use limits::{Limits, OrCancelled, WithTimeout, WithTimeoutAt};
pub use rate::{Clock, KeyedRateLimit, MonotonicClock, RateLimit, TokioClock};
pub use retry::{Attempt, Jitter, KeyedRetryBudget, RetryBudget, RetryPolicy, Retrying};
/// tokio-util's own, so that a crate whose functions take one need not depend on tokio-util for it.
pub use tokio_util::sync::CancellationToken;

pub use scope::{Provide, Run, Scope};
pub use shield::{Shield, shield, shielded, shielded_idle};
pub use stopped::{AtCapacity, Cancelled, CircuitOpen, RateLimited, Reason, Stopped, TimedOut, TimeoutKind};
#[cfg(feature = "main")]
pub use task::block_in_place;
pub use tasks::{
    Detachable, Drain, Drained, EssentialEnded, Every, First, Laggard, TaskError, TaskHandle, TaskName,
    TaskOutput, TaskReturn, Tasks, detach,
};

/// Compiles and runs the snippets of the pages that the attributes show, and of the README.
// Some of what they show are spans.
#[cfg(all(doctest, feature = "tracing"))]
mod pages {
    #[doc = include_str!("../../macros/docs/blocking.md")]
    mod blocking {}
    #[doc = include_str!("../../macros/docs/cancellable.md")]
    mod cancellable {}
    #[doc = include_str!("../../macros/docs/circuit_breaker.md")]
    mod circuit_breaker {}
    #[doc = include_str!("../../macros/docs/classify.md")]
    mod classify {}
    #[doc = include_str!("../../macros/docs/concurrency_limit.md")]
    mod concurrency_limit {}
    #[cfg(feature = "conventions")]
    #[doc = include_str!("../../macros/docs/conventions.md")]
    mod conventions {}
    #[doc = include_str!("../../macros/docs/defaults.md")]
    mod defaults {}
    #[cfg(feature = "conventions")]
    #[doc = include_str!("../../macros/docs/exempt.md")]
    mod exempt {}
    #[doc = include_str!("../../macros/docs/fallback.md")]
    mod fallback {}
    #[doc = include_str!("../../macros/docs/hedge.md")]
    mod hedge {}
    // It shows a test.
    #[cfg(feature = "test-util")]
    #[doc = include_str!("../../macros/docs/instrument_task.md")]
    mod instrument_task {}
    #[doc = include_str!("../../macros/docs/rate_limit.md")]
    mod rate_limit {}
    #[cfg(feature = "main")]
    #[doc = include_str!("../../macros/docs/main.md")]
    mod main {}
    #[doc = include_str!("../../README.md")]
    mod readme {}
    #[doc = include_str!("../../macros/docs/retry.md")]
    mod retry {}
    #[doc = include_str!("../../macros/docs/retrying.md")]
    mod retrying {}
    #[doc = include_str!("../../macros/docs/shield.md")]
    mod shield {}
    #[doc = include_str!("../../macros/docs/test.md")]
    mod test {}
    #[doc = include_str!("../../macros/docs/with_timeout.md")]
    mod with_timeout {}
}
