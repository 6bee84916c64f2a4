//! A circuit for each key, so that one bad host is not answered with silence to all others.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use super::{
    CircuitBreaker, Stamp,
    circuit::Kind,
    permit::{Breaker, Permit, Refused},
    settings::Settings,
};

/// A [`CircuitBreaker`] for each key, so that one bad host does not cost the calls to all others.
///
/// What `key = …` uses. A static of your own sizes it, or shares it between functions:
///
/// ```
/// use etiquette::{CircuitState, KeyedCircuitBreaker};
///
/// static HOSTS: KeyedCircuitBreaker = KeyedCircuitBreaker::new().max_keys(64).consecutive(3);
///
/// // #[circuit_breaker(state = HOSTS, key = url.host())]
/// HOSTS.of(&"db-1").unwrap().force_open();
/// assert_eq!(HOSTS.of(&"db-1").unwrap().state(), CircuitState::Open);
/// assert_eq!(HOSTS.of(&"db-2").unwrap().state(), CircuitState::Closed);
/// ```
///
/// At most 1024 keys are kept. Room for another is made by forgetting those that have seen no
/// failure, else the one that has seen the fewest; but never one that is open, half-open or forced,
/// and none that a call is running for. If all are, calls for other keys run without a circuit.
#[derive(Debug)]
pub struct KeyedCircuitBreaker {
    circuits: RwLock<Circuits>,
    max_keys: usize,
    pub(super) settings: Settings,
}

type Circuits = HashMap<u64, Arc<CircuitBreaker>, BuildHasherDefault<Hashed>>;

impl KeyedCircuitBreaker {
    /// Circuits like [`CircuitBreaker::new`], for at most 1024 keys.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            circuits: RwLock::new(HashMap::with_hasher(BuildHasherDefault::new())),
            max_keys: 1024,
            settings: Settings::new(),
        }
    }

    /// How many keys are kept at most. 0 counts as 1.
    #[must_use]
    pub const fn max_keys(mut self, keys: usize) -> Self {
        self.max_keys = if keys == 0 { 1 } else { keys };
        self
    }

    /// The circuit of `key`, which gets one if it has none: to look at, or to operate by hand. It is
    /// kept for as long as someone holds it. `None` if there is no room.
    #[must_use]
    pub fn of<K: Hash + ?Sized>(&self, key: &K) -> Option<Arc<CircuitBreaker>> {
        self.circuit(hash(key))
    }

    /// How many keys are kept now.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.read().len()
    }

    /// Closes every circuit as if it were new, and forgets those that no call is running for.
    pub fn reset(&self) {
        let mut circuits = self.write();
        circuits.retain(|_, circuit| {
            circuit.reset();
            Arc::strong_count(circuit) > 1
        });
    }

    fn circuit(&self, key: u64) -> Option<Arc<CircuitBreaker>> {
        if let Some(circuit) = self.read().get(&key) {
            return Some(Arc::clone(circuit));
        }
        let mut circuits = self.write();
        // Another thread may have been here between the two locks.
        if let Some(circuit) = circuits.get(&key) {
            return Some(Arc::clone(circuit));
        }
        if circuits.len() >= self.max_keys && !make_room(&mut circuits) {
            return None;
        }
        let circuit = Arc::new(CircuitBreaker::like(&self.settings));
        circuits.insert(key, Arc::clone(&circuit));
        Some(circuit)
    }

    // A panic cannot leave the map half changed, so one elsewhere is no reason to stop.
    fn read(&self) -> RwLockReadGuard<'_, Circuits> {
        self.circuits.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Circuits> {
        self.circuits.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for KeyedCircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

/// Forgets what has seen no failure, or else the one that has seen the fewest.
fn make_room(circuits: &mut Circuits) -> bool {
    let before = circuits.len();
    // Under the lock nobody can begin to hold one that nobody holds.
    let idle = |circuit: &Arc<CircuitBreaker>| {
        Arc::strong_count(circuit) == 1 && circuit.circuit.kind() == Kind::Closed
    };
    // All of them at once: looking is what takes the time.
    circuits.retain(|_, circuit| !(idle(circuit) && circuit.seen() == 0));
    if circuits.len() < before {
        return true;
    }
    let fewest = circuits
        .iter()
        .filter(|(_, circuit)| idle(circuit))
        .min_by_key(|(_, circuit)| circuit.seen())
        .map(|(key, _)| *key);
    fewest.is_some_and(|key| circuits.remove(&key).is_some())
}

/// Keys are told apart by their hash.
fn hash<K: Hash + ?Sized>(key: &K) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// `key = EXPR`: one call's way to the circuit of its key.
#[doc(hidden)]
#[derive(Debug)]
pub struct KeyedBreaker<'a> {
    breakers: &'a KeyedCircuitBreaker,
    key: u64,
}

impl<'a> KeyedBreaker<'a> {
    /// Hashes the key at once: the body may move what it was taken from.
    #[inline]
    pub fn new<K: Hash + ?Sized>(breakers: &'a KeyedCircuitBreaker, key: &K) -> Self {
        Self {
            breakers,
            key: hash(key),
        }
    }
}

impl Breaker for KeyedBreaker<'_> {
    type Held = Option<Arc<CircuitBreaker>>;

    fn admit(self) -> Result<Permit<Self::Held>, Refused> {
        let circuit = self.breakers.circuit(self.key);
        match circuit.as_ref().map(|circuit| circuit.stamp()) {
            Some(Err(refusal)) => Err(Refused(refusal)),
            Some(Ok(stamp)) => Ok(Permit::new(circuit, stamp)),
            None => Ok(Permit::new(None, Stamp::NONE)),
        }
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
