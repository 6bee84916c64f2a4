//! A state for each key, in bounded memory: never at the price of one that a call is using, or that
//! still remembers something.

use std::{
    collections::HashMap,
    fmt,
    hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

/// The states of at most so many keys.
pub(crate) struct Keys<V> {
    states: RwLock<States<V>>,
    max: usize,
}

type States<V> = HashMap<u64, Arc<V>, BuildHasherDefault<Hashed>>;

/// How many keys there are at most, unless the user says otherwise.
const MAX_KEYS: usize = 1024;

impl<V> Keys<V> {
    pub(crate) const fn new() -> Self {
        Self {
            states: RwLock::new(HashMap::with_hasher(BuildHasherDefault::new())),
            max: MAX_KEYS,
        }
    }

    /// 0 counts as 1.
    pub(crate) const fn set_max(&mut self, keys: usize) {
        self.max = if keys == 0 { 1 } else { keys };
    }

    pub(crate) fn len(&self) -> usize {
        self.read().len()
    }

    /// The state of a key, if it has one.
    pub(crate) fn get(&self, key: u64) -> Option<Arc<V>> {
        self.read().get(&key).cloned()
    }

    /// The state of a key, which gets one by `make` if it has none. Where that needs room, all go that
    /// nobody holds and that are as good as new; `None` if there are none.
    pub(crate) fn get_or_make(
        &self,
        key: u64,
        make: impl FnOnce() -> V,
        as_new: impl Fn(&V) -> bool,
    ) -> Option<Arc<V>> {
        if let Some(state) = self.get(key) {
            return Some(state);
        }
        let mut states = self.write();
        // Another thread may have been here between the two locks.
        if let Some(state) = states.get(&key) {
            return Some(Arc::clone(state));
        }
        if states.len() >= self.max {
            // All of them at once: looking is what takes the time. Who wants to hold one needs the
            // lock, so a count of one stays one.
            states.retain(|_, state| Arc::strong_count(state) > 1 || !as_new(state));
            if states.len() >= self.max {
                return None;
            }
        }
        let state = Arc::new(make());
        states.insert(key, Arc::clone(&state));
        Some(state)
    }

    /// Calls `f` with each state.
    pub(crate) fn each(&self, f: impl Fn(&V)) {
        self.read().values().for_each(|state| f(state));
    }

    // A panic cannot leave the map half changed, so one elsewhere is no reason to stop.
    fn read(&self) -> RwLockReadGuard<'_, States<V>> {
        self.states.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, States<V>> {
        self.states.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> fmt::Debug for Keys<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("len", &self.len())
            .field("max", &self.max)
            .finish()
    }
}

/// Keys are told apart by their hash: two that share one share a state, which harms neither.
pub(crate) fn hash<K: Hash + ?Sized>(key: &K) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

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
