//! Without the `tracing` feature: nothing, at no cost.

use std::future::Future;

use super::Outcome;
use crate::{Class, retry::Ended};

/// What would be the span of one call.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Task(());

/// What would be the guard of an entered span.
#[doc(hidden)]
#[derive(Debug)]
pub struct Entered(());

#[allow(clippy::unused_self, reason = "the same interface as with a span")]
impl Task {
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self(())
    }

    #[inline]
    pub fn scope<F: Future>(&self, body: F) -> F {
        body
    }

    #[inline]
    pub fn enter(&self) -> Entered {
        Entered(())
    }

    #[inline]
    pub fn attempt(&self, _: u32) {}

    #[inline]
    pub fn gave_up(&self, _: &'static str) {}

    #[inline]
    pub fn finish(&mut self, ended: Ended, is_err: bool, class: impl FnOnce() -> Option<Class>) -> Outcome {
        Outcome::new(ended, is_err, class)
    }
}
