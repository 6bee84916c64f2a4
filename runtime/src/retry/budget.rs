//! What keeps retries from becoming a storm: a bucket of tokens that every retry draws on.

mod cell;
mod state;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use self::{
    cell::{Size, Taken},
    state::State,
};
use crate::{
    clock,
    telemetry::{self, Event},
};

/// What a retry costs.
pub(super) const COST: u8 = 5;
/// What a retry after a timeout costs: those hold the other side's resources longest.
pub(super) const COST_OF_TIMEOUT: u8 = 10;

/// A bucket of tokens that retries draw on, so that an outage is not answered with a storm.
///
/// Full at first, with 500 tokens. A retry takes 5 (10 after a timeout) and gets them back if it
/// succeeds; a call that succeeds at first try puts 1 in; and 50 flow in per second. While there
/// are not enough, failures are final at once: the call returns its last error and
/// `gave_up = "budget"`.
///
/// Each function with `#[retry]` has its own by default. To share one between functions that call
/// the same service, or to size it yourself, make it a static:
///
/// ```
/// use etiquette::RetryBudget;
///
/// static PAYMENTS: RetryBudget = RetryBudget::new().capacity(100).refill_per_second(10);
///
/// // #[retry(attempts = 3, budget = &PAYMENTS)]
/// assert_eq!(PAYMENTS.tokens(), 100);
/// ```
///
/// The first refusal logs a warning, and so does the first one after the bucket has been at least
/// half full again.
#[derive(Debug)]
pub struct RetryBudget {
    state: AtomicU64,
    capacity: u32,
    refill_per_second: u32,
    // One of many: none of them speaks for the operation.
    keyed: bool,
}

impl RetryBudget {
    /// The largest capacity: more is cut to it.
    pub const MAX_CAPACITY: u32 = State::MAX_TOKENS;

    /// 500 tokens, 50 more per second.
    #[must_use]
    pub const fn new() -> Self {
        Self::of(500, 50, false)
    }

    const fn of(capacity: u32, refill_per_second: u32, keyed: bool) -> Self {
        let capacity = if capacity < Self::MAX_CAPACITY {
            capacity
        } else {
            Self::MAX_CAPACITY
        };
        Self {
            state: AtomicU64::new(State::full(capacity).pack()),
            capacity,
            refill_per_second,
            keyed,
        }
    }

    /// The same as the bucket of a key.
    #[must_use]
    pub(super) const fn keyed(self) -> Self {
        Self::of(self.capacity, self.refill_per_second, true)
    }

    /// How many tokens there are at most, and at first.
    ///
    /// Less than 5 allows no retry at all.
    #[must_use]
    pub const fn capacity(self, tokens: u32) -> Self {
        Self::of(tokens, self.refill_per_second, self.keyed)
    }

    /// How many tokens flow in per second.
    #[must_use]
    pub const fn refill_per_second(self, tokens: u32) -> Self {
        Self::of(self.capacity, tokens, self.keyed)
    }

    /// How many tokens there are now. For a gauge: it reads the clock.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        cell::refilled(self.size(), self.load(), now()).tokens
    }

    /// Fills it up again.
    pub fn reset(&self) {
        self.state.store(State::full(self.capacity).pack(), Relaxed);
    }

    /// A call succeeded at first try. One load when the bucket is full, which it usually is.
    #[inline]
    pub(super) fn credit(&self, operation: impl FnOnce() -> &'static str) {
        if self.load().tokens < self.capacity {
            self.deposit(1, operation());
        }
    }

    #[cold]
    pub(super) fn deposit(&self, tokens: u32, operation: &'static str) {
        cell::deposit(&self.state, self.size(), tokens);
        self.tell(operation);
    }

    /// For the gauge of `operation`, which drew on it or put something in.
    #[inline]
    fn tell(&self, operation: &'static str) {
        if !self.keyed && telemetry::is_counted() {
            let tokens = self.tokens();
            telemetry::tell(operation, Event::Budget { tokens });
        }
    }

    /// Takes `cost` tokens, or none at all.
    pub(super) fn take(&self, cost: u32, operation: &'static str) -> bool {
        let taken = cell::take(&self.state, self.size(), cost, now());
        if taken == (Taken::Refused { is_first: true }) {
            let capacity = self.capacity;
            telemetry::tell(operation, Event::BudgetExhausted { capacity });
        }
        self.tell(operation);
        taken == Taken::Granted
    }

    const fn size(&self) -> Size {
        Size {
            capacity: self.capacity,
            refill_per_second: self.refill_per_second,
        }
    }

    #[inline]
    fn load(&self) -> State {
        State::unpack(self.state.load(Relaxed))
    }

    /// A new one of the same size.
    pub(super) const fn like(&self) -> Self {
        Self::of(self.capacity, self.refill_per_second, self.keyed)
    }

    /// Whether it is as good as new.
    pub(super) fn is_full(&self) -> bool {
        self.tokens() == self.capacity
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for RetryBudget {
    fn fresh(&self) -> Self {
        self.like()
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new()
    }
}

/// Milliseconds on Tokio's clock.
fn now() -> u64 {
    clock::now() / 1_000_000
}

#[cfg(test)]
mod tests;
