//! The attributes on every shape of function that real code has: they compile without a warning, run, and give what the
//! plain function gives. A number after an H is that of a hard case: `tests/README.md` lists them all.

#![deny(warnings)]
#![allow(clippy::all, clippy::unwrap_used, clippy::expect_used)] // deny(warnings) is for rustc: shapes are any code

mod bodies;
mod boxed;
mod corners;
mod depth;
mod generics;
mod hygiene;
mod lifetimes;
mod macros;
mod matrix;
mod options;
mod patterns;
mod qualifiers;
mod receivers;
mod returns;
mod runners;
mod send;
mod states;
mod traits;

/// An error as services have it.
#[derive(Debug, thiserror::Error, etiquette::Classify)]
pub enum Error {
    /// One of our layers stopped the call.
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] etiquette::Stopped),
    /// A number that is none.
    #[error("not a number")]
    #[permanent]
    Parse(#[from] std::num::ParseIntError),
    /// Try again.
    #[error("busy")]
    #[transient]
    Busy,
}

/// Runs a future on a clock that jumps over waiting.
pub fn run<F: Future>(future: F) -> F::Output {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(future)
}

/// One trip through the scheduler.
pub async fn tick() {
    tokio::task::yield_now().await;
}
