//! A rate for each key, so that one busy customer does not use up the rate of all others.

use std::{hash::Hash, sync::Arc, time::Duration};

use super::{Clock, RateLimit, TokioClock, permit::Limiter};
use crate::keys::{Key, Keys, Loss};

/// A [`RateLimit`] for each key, so that one busy customer does not use up the rate of all others.
///
/// What `key = …` uses. A static of your own sizes it, or shares it between functions:
///
/// ```
/// use etiquette::KeyedRateLimit;
/// use std::time::Duration;
///
/// static CUSTOMERS: KeyedRateLimit = KeyedRateLimit::new(100, Duration::from_secs(1)).max_keys(64);
///
/// // #[rate_limit(limiter = &CUSTOMERS, key = request.customer)]
/// assert_eq!(CUSTOMERS.tokens(&7), 100);
/// ```
///
/// At most 1024 keys are kept. Room is made by dropping those whose burst is whole again and that no
/// call waits for: what a key has used is never forgotten. If there are none, keys that were not
/// there yet share a limit.
#[derive(Debug)]
pub struct KeyedRateLimit<C = TokioClock> {
    limits: Keys<RateLimit<C>>,
    // The others are made like this one, which is for keys that there was no room for.
    overflow: RateLimit<C>,
}

impl KeyedRateLimit {
    /// `calls` per `period`, and as many at once, for each of at most 1024 keys; 0 counts as 1.
    #[must_use]
    pub const fn new(calls: u32, period: Duration) -> Self {
        Self::with_clock(calls, period, TokioClock)
    }
}

impl<C> KeyedRateLimit<C> {
    /// The same by another clock than Tokio's.
    #[must_use]
    pub const fn with_clock(calls: u32, period: Duration, clock: C) -> Self {
        Self {
            limits: Keys::new(),
            overflow: RateLimit::with_clock(calls, period, clock),
        }
    }

    /// How many calls of a key may start at once after a rest; 0 counts as 1.
    #[must_use]
    pub const fn burst(mut self, calls: u32) -> Self {
        self.overflow.make_burst(calls);
        self
    }

    /// How many keys have a limit of their own at most. 0 counts as 1.
    #[must_use]
    pub const fn max_keys(mut self, keys: usize) -> Self {
        self.limits.set_max(keys);
        self
    }

    /// How many keys have a limit of their own now.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.limits.len()
    }
}

impl<C: Clock> KeyedRateLimit<C> {
    /// How many calls for `key` could start now: for a key that is not there a whole burst, or, where there is no room for
    /// it, what is left of the limit that such keys share. For a gauge: it takes a lock and reads the clock.
    #[must_use]
    pub fn tokens<K: Hash + ?Sized>(&self, key: &K) -> u64 {
        match self.limits.with(Key::from(key), RateLimit::tokens) {
            Some(tokens) => tokens,
            None if self.limits.has_room(loss) => self.overflow.pace().burst,
            None => self.overflow.tokens(),
        }
    }

    /// Changes the rate of each key; see [`RateLimit::set`].
    pub fn set(&self, calls: u32, period: Duration) {
        self.overflow.set(calls, period);
        self.limits.each(|limit| limit.set(calls, period));
    }

    /// Changes the burst of each key; see [`RateLimit::set_burst`].
    pub fn set_burst(&self, calls: u32) {
        self.overflow.set_burst(calls);
        self.limits.each(|limit| limit.set_burst(calls));
    }

    /// Forgets all calls that have started.
    pub fn reset(&self) {
        self.overflow.reset();
        self.limits.each(RateLimit::reset);
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for KeyedRateLimit {
    fn fresh(&self) -> Self {
        Self {
            limits: self.limits.like(),
            overflow: self.overflow.like(),
        }
    }
}

/// `key = EXPR`: one call's hold on the limit of its key, which keeps it from being dropped.
#[doc(hidden)]
#[derive(Debug)]
pub struct KeyedPermits<'a, C = TokioClock> {
    limits: &'a KeyedRateLimit<C>,
    limit: Option<Arc<RateLimit<C>>>,
}

impl<'a, C: Clock + Clone> KeyedPermits<'a, C> {
    #[inline]
    pub fn new(limits: &'a KeyedRateLimit<C>, key: impl Into<Key>) -> Self {
        let make = || limits.overflow.like();
        let limit = limits.limits.get_or_make(key.into(), make, loss);
        Self { limits, limit }
    }
}

/// What a key has used is never forgotten: it could use it again at once.
fn loss<C: Clock>(limit: &RateLimit<C>) -> Loss {
    match limit.is_whole() {
        true => Loss::Nothing,
        false => Loss::TooMuch,
    }
}

impl<C: Clock> Limiter<C> for KeyedPermits<'_, C> {
    #[inline]
    fn limiter(&self) -> &RateLimit<C> {
        self.limit.as_deref().unwrap_or(&self.limits.overflow)
    }
}

#[cfg(test)]
mod tests;
