//! `slow(…)` and `slow_poll(…)` without the `tracing` feature: the error for them is the expansion's, and nothing is added.

use std::future::Future;

use crate::Limit;

/// What would be the place of a function.
#[doc(hidden)]
#[derive(Debug)]
pub struct Place(());

impl Place {
    #[must_use]
    pub const fn new(_: &'static str, _: &'static str, _: u32) -> Self {
        Self(())
    }
}

#[doc(hidden)]
#[inline]
pub fn slow<F: Future>(_: &'static Place, _: Limit, body: F) -> F {
    body
}

#[doc(hidden)]
#[inline]
pub fn slow_poll<F: Future>(_: &'static Place, _: Limit, body: F) -> F {
    body
}
