//! What application code uses, by one import: the attributes, and the types and traits that stand beside them.
//!
//! ```
//! use etiquette::prelude::*;
//! use std::time::Duration;
//!
//! #[cancellable]
//! #[retry(attempts = 3, when = any)]
//! async fn fetch(token: CancellationToken) -> Result<u32, anyhow::Error> {
//!     let answer = ask().with_timeout(Duration::from_secs(2)).await?;
//!     Ok(answer)
//! }
//! # async fn ask() -> u32 { 7 }
//!
//! #[etiquette::main]
//! async fn main(tasks: Tasks) -> Result<(), anyhow::Error> {
//!     let fetched = tasks.spawn("fetch", fetch(tasks.token()));
//!     assert_eq!(fetched.await??, 7);
//!     Ok(())
//! }
//! ```
//!
//! `etiquette::main` and `etiquette::test` are not in it: `#[test]` stays the one of the language. Neither is anything
//! that is made once and named where it is made, such as a [`CircuitBreaker`](crate::CircuitBreaker) or a
//! [`ConcurrencyLimit`](crate::ConcurrencyLimit). No name in it is one of the standard prelude's, or of a macro that
//! needs no import.

pub use crate::{
    CancellationToken, Class, Classify, Drain, Every, Limits, Scope, Stopped, TaskHandle, Tasks, blocking,
    cancellable, circuit_breaker, concurrency_limit, conventions, defaults, detach, exempt, fallback, hedge,
    instrument_task, rate_limit, retry, retrying, shield, with_timeout,
};
