//! What keeps retries from becoming a storm: a bucket of tokens that every retry draws on.

mod state;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use self::state::State;
use crate::{clock, event};

/// What a retry costs.
pub(super) const COST: u8 = 5;
/// What a retry after a timeout costs: those hold the other side's resources longest.
pub(super) const COST_OF_TIMEOUT: u8 = 10;

/// A clock that is behind by more than these milliseconds is another one.
const OTHER_CLOCK: u64 = 1_000;

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
}

impl RetryBudget {
    /// The largest capacity: more is cut to it.
    pub const MAX_CAPACITY: u32 = State::MAX_TOKENS;

    /// 500 tokens, 50 more per second.
    #[must_use]
    pub const fn new() -> Self {
        Self::of(500, 50)
    }

    const fn of(capacity: u32, refill_per_second: u32) -> Self {
        let capacity = if capacity < Self::MAX_CAPACITY {
            capacity
        } else {
            Self::MAX_CAPACITY
        };
        Self {
            state: AtomicU64::new(State::full(capacity).pack()),
            capacity,
            refill_per_second,
        }
    }

    /// How many tokens there are at most, and at first.
    ///
    /// Less than 5 allows no retry at all.
    #[must_use]
    pub const fn capacity(self, tokens: u32) -> Self {
        Self::of(tokens, self.refill_per_second)
    }

    /// How many tokens flow in per second.
    #[must_use]
    pub const fn refill_per_second(self, tokens: u32) -> Self {
        Self::of(self.capacity, tokens)
    }

    /// How many tokens there are now. For a gauge: it reads the clock.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        self.refilled(self.load(), now()).tokens
    }

    /// Fills it up again.
    pub fn reset(&self) {
        self.state.store(State::full(self.capacity).pack(), Relaxed);
    }

    /// A call succeeded at first try. One load when the bucket is full, which it usually is.
    #[inline]
    pub(super) fn credit(&self) {
        if self.load().tokens < self.capacity {
            self.deposit(1);
        }
    }

    #[cold]
    pub(super) fn deposit(&self, tokens: u32) {
        self.update(|state| {
            let tokens = state.tokens.saturating_add(tokens).min(self.capacity);
            (State { tokens, ..state }, ())
        });
    }

    /// Takes `cost` tokens, or none at all.
    pub(super) fn take(&self, cost: u32, operation: &'static str) -> bool {
        let now = now();
        let (granted, first_refusal) = self.update(|state| {
            let state = self.refilled(state, now);
            match state.tokens.checked_sub(cost) {
                Some(tokens) => (State { tokens, ..state }, (true, false)),
                None => (
                    State {
                        exhausted: true,
                        ..state
                    },
                    (false, !state.exhausted),
                ),
            }
        });
        if first_refusal {
            event::budget_exhausted(operation, self.capacity);
        }
        granted
    }

    /// What has become of `state` by `now`.
    fn refilled(&self, mut state: State, now: u64) -> State {
        // A clock that is far behind is another clock (that of a test): time starts anew with it.
        // One that is a little behind was read by another thread a moment ago.
        if now.saturating_add(OTHER_CLOCK) < state.at {
            state.at = now;
        }
        let rate = u64::from(self.refill_per_second);
        let missing = self.capacity.saturating_sub(state.tokens);
        let gained = now.saturating_sub(state.at).saturating_mul(rate) / 1_000;
        match u32::try_from(gained) {
            Ok(gained) if gained < missing => {
                state.tokens += gained;
                // Only the time that became tokens is used up; rounded so that it never gives more
                // than the rate. Without a rate there is neither.
                state.at += (u64::from(gained) * 1_000).div_ceil(rate.max(1));
            }
            _ => {
                state.tokens = self.capacity;
                state.at = state.at.max(now);
            }
        }
        state.exhausted &= state.tokens < self.capacity.div_ceil(2);
        state
    }

    #[inline]
    fn load(&self) -> State {
        State::unpack(self.state.load(Relaxed))
    }

    /// Replaces the state by `next` of it, and returns what else that found.
    // `Relaxed` will do: all that there is to know is in this one word.
    fn update<T>(&self, next: impl Fn(State) -> (State, T)) -> T {
        let mut current = self.state.load(Relaxed);
        loop {
            let (wanted, found) = next(State::unpack(current));
            match self
                .state
                .compare_exchange_weak(current, wanted.pack(), Relaxed, Relaxed)
            {
                Ok(_) => return found,
                Err(changed) => current = changed,
            }
        }
    }

    /// A new one of the same size.
    pub(super) const fn like(&self) -> Self {
        Self::of(self.capacity, self.refill_per_second)
    }

    /// Whether it is as good as new.
    pub(super) fn is_full(&self) -> bool {
        self.tokens() == self.capacity
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
