//! The jobs of the report, one family per file.

mod breaker;
mod cancel;
mod hedge;
mod limits;
mod retry;
mod scope;
mod span;
mod stack;
mod threads;
mod timeout;

use crate::{
    harness::{Job, block_on},
    subject::Calls,
};

/// All jobs, in the order of the report.
#[must_use]
pub fn all() -> Vec<Job> {
    let families = [
        retry::jobs,
        timeout::jobs,
        cancel::jobs,
        span::jobs,
        stack::jobs,
        threads::jobs,
        breaker::jobs,
        limits::jobs,
        hedge::jobs,
        scope::jobs,
    ];
    // Some peers look for a runtime when they are built.
    block_on(async { families.into_iter().flat_map(|family| family()).collect() })
}

/// A counter that lives as long as the process: each contender has its own.
fn calls() -> &'static Calls {
    Box::leak(Box::default())
}
