//! A state for each key, in bounded memory: never at the price of one that a call is using, or that
//! is needed.

use std::{
    collections::{HashMap, hash_map::RandomState},
    fmt,
    hash::{BuildHasher, BuildHasherDefault, Hash, Hasher},
    sync::{
        Arc, LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{
            AtomicUsize,
            Ordering::{Acquire, Relaxed},
            fence,
        },
    },
};

/// The states of at most so many keys.
///
/// A state is in use as long as anyone holds its `Arc`. It is only handed out under the lock, so under
/// the lock for writing a count of one stays one.
pub(crate) struct Keys<V> {
    states: RwLock<States<V>>,
    // How many there are, so that nobody need take the lock to find that there are none.
    len: AtomicUsize,
    max: usize,
}

type States<V> = HashMap<Key, Arc<V>, BuildHasherDefault<Hashed>>;

/// How many keys there are at most, unless the user says otherwise.
const MAX_KEYS: usize = 1024;

/// What would be lost with a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Loss {
    /// It is as good as new.
    Nothing,
    /// Something, which is given up where nothing else makes room: the smallest first.
    Some(u32),
    /// More than a key without a state would cost.
    TooMuch,
}

impl<V> Keys<V> {
    pub(crate) const fn new() -> Self {
        Self {
            states: RwLock::new(HashMap::with_hasher(BuildHasherDefault::new())),
            len: AtomicUsize::new(0),
            max: MAX_KEYS,
        }
    }

    /// As many, and none yet.
    #[cfg(feature = "test-util")]
    pub(crate) fn like(&self) -> Self {
        Self {
            max: self.max,
            ..Self::new()
        }
    }

    /// 0 counts as 1.
    pub(crate) const fn set_max(&mut self, keys: usize) {
        self.max = if keys == 0 { 1 } else { keys };
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len.load(Relaxed)
    }

    /// What `f` finds in the state of a key, if it has one. It is not looked for where there are none.
    #[inline]
    pub(crate) fn with<R>(&self, key: Key, f: impl FnOnce(&V) -> R) -> Option<R> {
        if self.len() == 0 {
            return None;
        }
        self.read().get(&key).map(|state| f(state))
    }

    /// The state of a key, which gets one by `make` if it has none. `None`: there is no room.
    ///
    /// To make room, all states go that nobody is using and that are no loss; if there are none, the
    /// one that is the smallest loss.
    pub(crate) fn get_or_make(
        &self,
        key: Key,
        make: impl FnOnce() -> V,
        loss: impl Fn(&V) -> Loss,
    ) -> Option<Arc<V>> {
        if let Some(state) = self.read().get(&key) {
            return Some(Arc::clone(state));
        }
        let mut states = self.write();
        // Another thread may have been here between the two locks.
        if let Some(state) = states.get(&key) {
            return Some(Arc::clone(state));
        }
        let has_room = states.len() < self.max || make_room(&mut states, loss);
        let made = has_room.then(|| {
            let state = Arc::new(make());
            states.insert(key, Arc::clone(&state));
            state
        });
        self.len.store(states.len(), Relaxed);
        made
    }

    /// Whether a key without a state would get one now: for a look, so nothing goes to make room.
    pub(crate) fn has_room(&self, loss: impl Fn(&V) -> Loss) -> bool {
        let states = self.read();
        states.len() < self.max
            || states
                .values()
                .any(|state| !is_used(state) && loss(state) != Loss::TooMuch)
    }

    /// Calls `f` with each state.
    pub(crate) fn each(&self, f: impl Fn(&V)) {
        self.read().values().for_each(|state| f(state));
    }

    /// Calls `f` with each state, and forgets those that nobody is using.
    pub(crate) fn forget_each(&self, f: impl Fn(&V)) {
        let mut states = self.write();
        states.retain(|_, state| {
            f(state);
            is_used(state)
        });
        self.len.store(states.len(), Relaxed);
    }

    // A panic cannot leave the map half changed, so one elsewhere is no reason to stop.
    fn read(&self) -> RwLockReadGuard<'_, States<V>> {
        self.states.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, States<V>> {
        self.states.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_used<V>(state: &Arc<V>) -> bool {
    let used = Arc::strong_count(state) > 1;
    // The count says nothing of what was written by who let go last; what would be lost is judged by that.
    fence(Acquire);
    used
}

#[cold]
fn make_room<V>(states: &mut States<V>, loss: impl Fn(&V) -> Loss) -> bool {
    let before = states.len();
    let mut smallest = (Loss::TooMuch, None);
    // All that are no loss at once: looking is what takes the time.
    states.retain(|key, state| {
        if is_used(state) {
            return true;
        }
        let loss = loss(state);
        if loss < smallest.0 {
            smallest = (loss, Some(*key));
        }
        loss != Loss::Nothing
    });
    states.len() < before || smallest.1.is_some_and(|key| states.remove(&key).is_some())
}

impl<V> fmt::Debug for Keys<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("len", &self.len())
            .field("max", &self.max)
            .finish()
    }
}

/// What a key is told apart by: a hash under a secret that each process draws for itself.
///
/// Two keys with the same one would share a state. By accident that happens to one in 10¹³ sets of
/// 1024; and nobody outside of the process can find two on purpose.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(u64);

/// Hashes a key at once: what it was taken from may be moved after that.
#[doc(hidden)]
#[must_use]
pub fn key<K: Hash + ?Sized>(key: &K) -> Key {
    static SECRET: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    Key(SECRET.hash_one(key))
}

impl<K: Hash + ?Sized> From<&K> for Key {
    #[inline]
    fn from(of: &K) -> Self {
        key(of)
    }
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

#[cfg(test)]
mod tests;
