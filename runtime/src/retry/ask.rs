//! How a retry asks for leave: of one budget, of one for its key, or of nobody.

use super::budget::RetryBudget;

/// What a retry asks before it goes ahead.
#[doc(hidden)]
pub trait Budget {
    /// A call of `operation` succeeded at first try.
    fn credit(&self, operation: impl FnOnce() -> &'static str);

    /// Asks for `cost`; `operation` is who asks.
    fn take(&mut self, cost: u32, operation: &'static str) -> bool;

    /// Returns what `operation` took last.
    fn give_back(&mut self, cost: u32, operation: impl FnOnce() -> &'static str);
}

/// `budget = none`: retries are free.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct NoBudget;

impl Budget for NoBudget {
    #[inline]
    fn credit(&self, _: impl FnOnce() -> &'static str) {}

    #[inline]
    fn take(&mut self, _: u32, _: &'static str) -> bool {
        true
    }

    #[inline]
    fn give_back(&mut self, _: u32, _: impl FnOnce() -> &'static str) {}
}

/// `budget = &B`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Shared<'a>(pub &'a RetryBudget);

impl Budget for Shared<'_> {
    #[inline]
    fn credit(&self, operation: impl FnOnce() -> &'static str) {
        self.0.credit(operation);
    }

    fn take(&mut self, cost: u32, operation: &'static str) -> bool {
        self.0.take(cost, operation)
    }

    fn give_back(&mut self, cost: u32, operation: impl FnOnce() -> &'static str) {
        self.0.deposit(cost, operation());
    }
}

/// What a function has by default: a static of its own, which takes no place in the future of a call.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Own<F>(pub F);

impl<F: Fn() -> &'static RetryBudget> Budget for Own<F> {
    #[inline]
    fn credit(&self, operation: impl FnOnce() -> &'static str) {
        (self.0)().credit(operation);
    }

    #[inline]
    fn take(&mut self, cost: u32, operation: &'static str) -> bool {
        (self.0)().take(cost, operation)
    }

    #[inline]
    fn give_back(&mut self, cost: u32, operation: impl FnOnce() -> &'static str) {
        (self.0)().deposit(cost, operation());
    }
}
