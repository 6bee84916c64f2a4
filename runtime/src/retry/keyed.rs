//! A budget for each key, so that one bad host does not use up the retries of all others.

use std::{hash::Hash, sync::Arc};

use super::{ask::Budget, budget::RetryBudget};
use crate::keys::{Key, Keys, Loss};

/// A [`RetryBudget`] for each key, so that one bad host does not use up the retries of all others.
///
/// What `key = …` uses. A static of your own sizes it, or shares it between functions:
///
/// ```
/// use etiquette::KeyedRetryBudget;
///
/// static HOSTS: KeyedRetryBudget = KeyedRetryBudget::new().max_keys(64).capacity(100);
///
/// // #[retry(attempts = 3, budget = &HOSTS, key = url.host())]
/// assert_eq!(HOSTS.tokens(&"db-1"), 100);
/// ```
///
/// A key has a bucket of its own only once a call for it has failed, and no longer than until it
/// is full again and room is needed. At most 1024 keys are kept: room is made by dropping a full
/// bucket, else the fullest, but never one that a running call has drawn on. If all are drawn on,
/// keys without a bucket share one.
///
/// Keys are told apart by a hash under a secret of the process, so nobody outside can make two that
/// share a bucket.
#[derive(Debug)]
pub struct KeyedRetryBudget {
    buckets: Keys<RetryBudget>,
    // Its size is that of each bucket; its tokens are for keys that there was no room for.
    overflow: RetryBudget,
}

impl KeyedRetryBudget {
    /// Buckets like [`RetryBudget::new`], for at most 1024 keys.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            buckets: Keys::new(),
            overflow: RetryBudget::new().keyed(),
        }
    }

    /// How many keys have a bucket at most. 0 counts as 1.
    #[must_use]
    pub const fn max_keys(mut self, keys: usize) -> Self {
        self.buckets.set_max(keys);
        self
    }

    /// How many tokens each bucket has at most, and at first.
    #[must_use]
    pub const fn capacity(mut self, tokens: u32) -> Self {
        self.overflow = self.overflow.like().capacity(tokens);
        self
    }

    /// How many tokens flow into each bucket per second.
    #[must_use]
    pub const fn refill_per_second(mut self, tokens: u32) -> Self {
        self.overflow = self.overflow.like().refill_per_second(tokens);
        self
    }

    /// How many tokens there are now for `key`: for a key that is not there a full bucket, or, where there is no room for
    /// it, what is left of the one that such keys share. For a gauge: it takes a lock and reads the clock.
    #[must_use]
    pub fn tokens<K: Hash + ?Sized>(&self, key: &K) -> u32 {
        match self.buckets.with(Key::from(key), RetryBudget::tokens) {
            Some(tokens) => tokens,
            None if self.buckets.has_room(loss) => self.overflow.like().tokens(),
            None => self.overflow.tokens(),
        }
    }

    /// How many keys have a bucket now.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.buckets.len()
    }

    /// Fills every bucket up again, and forgets those that no running call has drawn on.
    pub fn reset(&self) {
        self.overflow.reset();
        self.buckets.forget_each(RetryBudget::reset);
    }

    /// The bucket of `key`, which gets one if it has none. `None` if there is no room.
    fn bucket(&self, key: Key) -> Option<Arc<RetryBudget>> {
        self.buckets.get_or_make(key, || self.overflow.like(), loss)
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for KeyedRetryBudget {
    fn fresh(&self) -> Self {
        Self {
            buckets: self.buckets.like(),
            overflow: self.overflow.like(),
        }
    }
}

impl Default for KeyedRetryBudget {
    fn default() -> Self {
        Self::new()
    }
}

/// A full bucket is as good as none; of the others the fullest has the least to tell.
fn loss(bucket: &RetryBudget) -> Loss {
    match bucket.is_full() {
        true => Loss::Nothing,
        false => Loss::Some(u32::MAX - bucket.tokens()),
    }
}

/// `key = EXPR`: one call's hold on the bucket of its key.
#[doc(hidden)]
#[derive(Debug)]
pub struct Keyed<'a> {
    budgets: &'a KeyedRetryBudget,
    key: Key,
    // Found at the first failure, and held until the call is over: not to be evicted before.
    bucket: Option<Arc<RetryBudget>>,
}

impl<'a> Keyed<'a> {
    /// Hashes the key at once: the body may move what it was taken from.
    #[inline]
    pub fn new<K: Hash + ?Sized>(budgets: &'a KeyedRetryBudget, key: &K) -> Self {
        Self {
            budgets,
            key: Key::from(key),
            bucket: None,
        }
    }
}

impl Budget for Keyed<'_> {
    #[inline]
    fn credit(&self, operation: impl FnOnce() -> &'static str) {
        self.budgets
            .buckets
            .with(self.key, |bucket| bucket.credit(operation));
    }

    fn take(&mut self, cost: u32, operation: &'static str) -> bool {
        if self.bucket.is_none() {
            self.bucket = self.budgets.bucket(self.key);
        }
        self.held().take(cost, operation)
    }

    fn give_back(&mut self, cost: u32, operation: impl FnOnce() -> &'static str) {
        self.held().deposit(cost, operation());
    }
}

impl Keyed<'_> {
    fn held(&self) -> &RetryBudget {
        self.bucket.as_deref().unwrap_or(&self.budgets.overflow)
    }
}

#[cfg(test)]
mod tests;
