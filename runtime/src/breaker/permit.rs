//! One call through a circuit.

use std::{
    mem,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use super::{CircuitBreaker, circuit::Refusal, circuit::Stamp, judge::Judged};
use crate::{CircuitOpen, clock, control};

/// What `state =` and `key =` may come to.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a circuit breaker",
    label = "expected a `CircuitBreaker`, or something that derefs to one",
    note = "a `KeyedCircuitBreaker` needs a key beside it: `key = …`"
)]
pub trait Breaker {
    type Held: Hold;

    /// `operation` is what a switch that is set to observe names.
    fn admit(self, operation: &'static str) -> Result<Permit<Self::Held>, Refused>;
}

impl<'a> Breaker for &'a CircuitBreaker {
    type Held = Self;

    #[inline]
    fn admit(self, operation: &'static str) -> Result<Permit<&'a CircuitBreaker>, Refused> {
        match self.stamp() {
            Ok(stamp) => Ok(Permit::new(self, stamp)),
            Err(_) if is_off(operation) => Ok(Permit::new(self, Stamp::NONE)),
            Err(refusal) => Err(Refused(refusal)),
        }
    }
}

/// Whether breakers are switched off.
#[cold]
pub(super) fn is_off(operation: &'static str) -> bool {
    !control::BREAKERS.lets(operation, "refuse: circuit open")
}

/// A reference to one, a smart pointer, a lazy one.
// Without `do_not_recommend` rustc would report the missing `Deref` beside the text above.
#[diagnostic::do_not_recommend]
impl<'a, B: Deref<Target = CircuitBreaker>> Breaker for &'a B {
    type Held = &'a CircuitBreaker;

    #[inline]
    fn admit(self, operation: &'static str) -> Result<Permit<&'a CircuitBreaker>, Refused> {
        admit(&**self, operation)
    }
}

/// How a permit knows its circuit.
#[doc(hidden)]
pub trait Hold {
    /// `None`: there was no room for one.
    fn circuit(&self) -> Option<&CircuitBreaker>;
}

impl Hold for &CircuitBreaker {
    #[inline]
    fn circuit(&self) -> Option<&CircuitBreaker> {
        Some(self)
    }
}

impl Hold for Option<Arc<CircuitBreaker>> {
    fn circuit(&self) -> Option<&CircuitBreaker> {
        self.as_deref()
    }
}

/// Asks whether a call may go ahead.
#[doc(hidden)]
#[inline]
pub fn admit<B: Breaker>(breaker: B, operation: &'static str) -> Result<Permit<B::Held>, Refused> {
    breaker.admit(operation)
}

/// A call that was admitted. Dropped without `record` it was abandoned.
#[doc(hidden)]
#[derive(Debug)]
#[must_use = "a permit that is dropped says that the call was abandoned"]
pub struct Permit<H: Hold> {
    held: H,
    stamp: Stamp,
    // When the body began, for those who ask for slow calls; 0: it has not, or nobody asks. Whoever lets the body
    // begin has only a shared reference, and the future that holds it may be `Send`.
    began: AtomicU64,
}

impl<H: Hold> Permit<H> {
    #[inline]
    pub(super) fn new(held: H, stamp: Stamp) -> Self {
        Self {
            held,
            stamp,
            began: AtomicU64::new(0),
        }
    }

    /// The body begins: what it takes from here on is what may be slow. The first time counts.
    #[inline]
    pub fn begin(&self) {
        if let Some(circuit) = self.held.circuit()
            && circuit.minds_slow_calls()
            && self.began.load(Relaxed) == 0
        {
            self.began.store(clock::now().max(1), Relaxed);
        }
    }

    /// What came of the call.
    #[inline]
    pub fn record(mut self, judged: Judged) {
        let stamp = mem::replace(&mut self.stamp, Stamp::NONE);
        if stamp != Stamp::NONE
            && let Some(circuit) = self.held.circuit()
        {
            circuit.record(stamp, *self.began.get_mut(), judged);
        }
    }
}

impl<H: Hold> Drop for Permit<H> {
    #[inline]
    fn drop(&mut self) {
        if self.stamp != Stamp::NONE
            && let Some(circuit) = self.held.circuit()
        {
            circuit.abandoned(self.stamp);
        }
    }
}

/// A call that was not admitted; it still has to be told which.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Refused(pub(super) Refusal);

impl Refused {
    #[cold]
    #[must_use]
    pub fn of(self, operation: &'static str) -> CircuitOpen {
        CircuitOpen::new(operation, self.0.retry_after())
    }
}
