//! A budget for each key, so that one bad host does not use up the retries of all others.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher},
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use super::{ask::Budget, budget::RetryBudget};

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
#[derive(Debug)]
pub struct KeyedRetryBudget {
    buckets: RwLock<Buckets>,
    // How many there are, so that a success need not take the lock to find that there are none.
    len: AtomicUsize,
    max_keys: usize,
    // Its size is that of each bucket; its tokens are for keys that there was no room for.
    overflow: RetryBudget,
}

type Buckets = HashMap<u64, Arc<RetryBudget>, BuildHasherDefault<Hashed>>;

impl KeyedRetryBudget {
    /// Buckets like [`RetryBudget::new`], for at most 1024 keys.
    #[must_use]
    pub const fn new() -> Self {
        Self::of(1024, RetryBudget::new())
    }

    const fn of(max_keys: usize, overflow: RetryBudget) -> Self {
        Self {
            buckets: RwLock::new(HashMap::with_hasher(BuildHasherDefault::new())),
            len: AtomicUsize::new(0),
            max_keys,
            overflow,
        }
    }

    /// How many keys have a bucket at most. 0 counts as 1.
    #[must_use]
    pub const fn max_keys(mut self, keys: usize) -> Self {
        self.max_keys = if keys == 0 { 1 } else { keys };
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

    /// How many tokens there are now for `key`. For a gauge: it takes a lock and reads the clock.
    #[must_use]
    pub fn tokens<K: Hash + ?Sized>(&self, key: &K) -> u32 {
        match self.read().get(&hash(key)) {
            Some(bucket) => bucket.tokens(),
            None => self.overflow.like().tokens(),
        }
    }

    /// How many keys have a bucket now.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.len.load(Relaxed)
    }

    /// Fills every bucket up again.
    pub fn reset(&self) {
        self.overflow.reset();
        let mut buckets = self.write();
        // A running call keeps the bucket it has drawn on, and gives back to that one.
        for bucket in buckets.values() {
            bucket.reset();
        }
        buckets.clear();
        self.len.store(0, Relaxed);
    }

    fn credit(&self, key: u64) {
        let buckets = self.read();
        if let Some(bucket) = buckets.get(&key) {
            bucket.credit();
        }
    }

    /// The bucket of `key`, which gets one if it has none. `None` if there is no room.
    fn bucket(&self, key: u64) -> Option<Arc<RetryBudget>> {
        if let Some(bucket) = self.read().get(&key) {
            return Some(Arc::clone(bucket));
        }
        let mut buckets = self.write();
        // Another thread may have been here between the two locks.
        if let Some(bucket) = buckets.get(&key) {
            return Some(Arc::clone(bucket));
        }
        if buckets.len() >= self.max_keys && !make_room(&mut buckets) {
            return None;
        }
        let bucket = Arc::new(self.overflow.like());
        buckets.insert(key, Arc::clone(&bucket));
        self.len.store(buckets.len(), Relaxed);
        Some(bucket)
    }

    // A panic cannot leave the map half changed, so one elsewhere is no reason to stop.
    fn read(&self) -> RwLockReadGuard<'_, Buckets> {
        self.buckets.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Buckets> {
        self.buckets.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for KeyedRetryBudget {
    fn default() -> Self {
        Self::new()
    }
}

/// Drops all buckets that are full, or else the fullest; none that a running call holds.
fn make_room(buckets: &mut Buckets) -> bool {
    let before = buckets.len();
    let idle = |bucket: &Arc<RetryBudget>| Arc::strong_count(bucket) == 1;
    // Full ones are as good as absent. All of them at once: looking is what takes the time.
    buckets.retain(|_, bucket| !(idle(bucket) && bucket.is_full()));
    if buckets.len() < before {
        return true;
    }
    let fullest = buckets
        .iter()
        .filter(|(_, bucket)| idle(bucket))
        .max_by_key(|(_, bucket)| bucket.tokens())
        .map(|(key, _)| *key);
    fullest.is_some_and(|key| buckets.remove(&key).is_some())
}

/// Keys are told apart by their hash: two that share one share a bucket, which harms neither.
fn hash<K: Hash + ?Sized>(key: &K) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// `key = EXPR`: one call's hold on the bucket of its key.
#[doc(hidden)]
#[derive(Debug)]
pub struct Keyed<'a> {
    budgets: &'a KeyedRetryBudget,
    key: u64,
    // Found at the first failure, and held until the call is over: not to be evicted before.
    bucket: Option<Arc<RetryBudget>>,
}

impl<'a> Keyed<'a> {
    /// Hashes the key at once: the body may move what it was taken from.
    #[inline]
    pub fn new<K: Hash + ?Sized>(budgets: &'a KeyedRetryBudget, key: &K) -> Self {
        Self {
            budgets,
            key: hash(key),
            bucket: None,
        }
    }
}

impl Budget for Keyed<'_> {
    #[inline]
    fn credit(&self) {
        if self.budgets.len.load(Relaxed) != 0 {
            self.budgets.credit(self.key);
        }
    }

    fn take(&mut self, cost: u32, operation: &'static str) -> bool {
        if self.bucket.is_none() {
            self.bucket = self.budgets.bucket(self.key);
        }
        self.held().take(cost, operation)
    }

    fn give_back(&mut self, cost: u32) {
        self.held().deposit(cost);
    }
}

impl Keyed<'_> {
    fn held(&self) -> &RetryBudget {
        self.bucket.as_deref().unwrap_or(&self.budgets.overflow)
    }
}

#[cfg(test)]
mod tests;

/// Passes on a key that is a hash already.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
