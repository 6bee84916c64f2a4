//! A circuit for each key, so that one bad host is not answered with silence to all others.

use std::{hash::Hash, sync::Arc};

use super::{CircuitBreaker, circuit::Kind, settings::Settings};
use crate::keys::{Key, Keys, Loss};

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
/// failure, else the one that has seen the fewest; but never one that a call is running for, that is
/// forced, or that is open or half-open. (Unless nobody has called it for as long again as it was
/// open: hosts that have gone for good do not stay here for good.) If there is none to forget, calls
/// for other keys run without a circuit.
///
/// Keys are told apart by a hash under a secret of the process, so nobody outside can make two that
/// share a circuit. To make room all of them are looked at, which takes microseconds for 1024.
#[derive(Debug)]
pub struct KeyedCircuitBreaker {
    pub(super) circuits: Keys<CircuitBreaker>,
    pub(super) settings: Settings,
}

impl KeyedCircuitBreaker {
    /// Circuits like [`CircuitBreaker::new`], for at most 1024 keys.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            circuits: Keys::new(),
            settings: Settings::new().keyed(),
        }
    }

    /// How many keys are kept at most. 0 counts as 1.
    #[must_use]
    pub const fn max_keys(mut self, keys: usize) -> Self {
        self.circuits.set_max(keys);
        self
    }

    /// The circuit of `key`, which gets one if it has none: to look at, or to operate by hand. It is
    /// kept for as long as someone holds it. `None` if there is no room.
    #[must_use]
    pub fn of<K: Hash + ?Sized>(&self, key: &K) -> Option<Arc<CircuitBreaker>> {
        self.circuit(Key::from(key))
    }

    /// How many keys are kept now.
    #[must_use]
    pub fn keys(&self) -> usize {
        self.circuits.len()
    }

    /// Closes every circuit as if it were new, and forgets those that no call is running for.
    pub fn reset(&self) {
        self.circuits.forget_each(CircuitBreaker::reset);
    }

    fn circuit(&self, key: Key) -> Option<Arc<CircuitBreaker>> {
        let make = || CircuitBreaker::like(&self.settings);
        self.circuits.get_or_make(key, make, loss)
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for KeyedCircuitBreaker {
    fn fresh(&self) -> Self {
        Self {
            circuits: self.circuits.like(),
            settings: self.settings.like(),
        }
    }
}

impl Default for KeyedCircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

/// What refuses calls goes on doing so, and what was told what to do as well. Of the others the one
/// that has seen the fewest failures has the least to tell.
fn loss(circuit: &CircuitBreaker) -> Loss {
    match circuit.circuit.kind() {
        Kind::Closed => match circuit.seen() {
            0 => Loss::Nothing,
            seen => Loss::Some(seen),
        },
        Kind::Open | Kind::HalfOpen if circuit.is_left_alone() => Loss::Some(u32::MAX),
        Kind::Open | Kind::HalfOpen | Kind::ForcedOpen | Kind::ForcedClosed => Loss::TooMuch,
    }
}

/// `key = EXPR`: one call's hold on the circuit of its key.
#[doc(hidden)]
#[inline]
#[must_use]
pub fn of_key(breakers: &KeyedCircuitBreaker, key: Key) -> Option<Arc<CircuitBreaker>> {
    breakers.circuit(key)
}
