//! A limit for each key, so that one slow host does not take the slots of all others.

use std::{
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use super::{
    ConcurrencyLimit,
    slot::{Counted, Home, Slots},
};
use crate::keys::{Key, Keys, Loss};

/// A [`ConcurrencyLimit`] for each key, so that one slow host does not take the slots of all others.
///
/// What `key = …` uses. A static of your own sizes it, or shares it between functions:
///
/// ```
/// use etiquette::KeyedConcurrencyLimit;
///
/// static HOSTS: KeyedConcurrencyLimit = KeyedConcurrencyLimit::new(4).max_keys(64);
///
/// // #[concurrency_limit(semaphore = &HOSTS, key = url.host())]
/// assert_eq!(HOSTS.available(&"db-1"), 4);
/// ```
///
/// At most 1024 keys are kept. Room is made by dropping those without a call that runs or waits,
/// never another; if all have one, keys that were not there yet share a limit.
#[derive(Debug)]
pub struct KeyedConcurrencyLimit {
    limits: Keys<ConcurrencyLimit>,
    limit: AtomicUsize,
    // For keys that there was no room for.
    overflow: ConcurrencyLimit,
}

impl KeyedConcurrencyLimit {
    /// At most `limit` calls at once for each of at most 1024 keys; 0 counts as 1.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self {
            limits: Keys::new(),
            limit: AtomicUsize::new(limit),
            overflow: ConcurrencyLimit::new(limit),
        }
    }

    /// How many keys have a limit of their own at most. 0 counts as 1.
    #[must_use]
    pub const fn max_keys(mut self, keys: usize) -> Self {
        self.limits.set_max(keys);
        self
    }

    /// How many more calls could start now for `key`: for a key that is not there as many as the limit says, or, where
    /// there is no room for it, what is left of the limit that such keys share.
    #[must_use]
    pub fn available<K: Hash + ?Sized>(&self, key: &K) -> usize {
        match self.limits.with(Key::from(key), ConcurrencyLimit::available) {
            Some(available) => available,
            None if self.limits.has_room(loss) => self.overflow.limit(),
            None => self.overflow.available(),
        }
    }

    /// How many calls wait for a slot of `key`, or, where there is no room for it, of those that such keys share.
    #[must_use]
    pub fn waiting<K: Hash + ?Sized>(&self, key: &K) -> usize {
        match self.limits.with(Key::from(key), ConcurrencyLimit::waiting) {
            Some(waiting) => waiting,
            None if self.limits.has_room(loss) => 0,
            None => self.overflow.waiting(),
        }
    }

    /// How many keys have a limit of their own now.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.limits.len()
    }

    /// Changes how many calls may run at once for each key; see [`ConcurrencyLimit::set`].
    pub fn set(&self, limit: usize) {
        self.limit.store(limit, Relaxed);
        self.overflow.set(limit);
        self.limits.each(|of_key| of_key.set(limit));
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for KeyedConcurrencyLimit {
    fn fresh(&self) -> Self {
        let limit = self.limit.load(Relaxed);
        Self {
            limits: self.limits.like(),
            ..Self::new(limit)
        }
    }
}

/// `key = EXPR`: one call's hold on the limit of its key, which keeps it from being dropped.
#[doc(hidden)]
#[derive(Debug)]
pub struct KeyedSlots<'a> {
    limits: &'a KeyedConcurrencyLimit,
    limit: Option<Arc<ConcurrencyLimit>>,
}

impl<'a> KeyedSlots<'a> {
    #[inline]
    pub fn new(limits: &'a KeyedConcurrencyLimit, key: impl Into<Key>) -> Self {
        let make = || ConcurrencyLimit::new(limits.limit.load(Relaxed));
        let limit = limits.limits.get_or_make(key.into(), make, loss);
        Self { limits, limit }
    }
}

/// One that nobody holds has nothing to remember.
fn loss(_: &ConcurrencyLimit) -> Loss {
    Loss::Nothing
}

impl Slots for KeyedSlots<'_> {
    #[inline]
    fn home(&self) -> Home<'_> {
        Home::Ours(self.limit.as_deref().unwrap_or(&self.limits.overflow))
    }
}

impl Counted for KeyedSlots<'_> {}

#[cfg(test)]
mod tests;
