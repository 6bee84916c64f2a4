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
use crate::{
    CircuitOpen, clock, control,
    telemetry::{self, Event},
};

/// What `state =` may come to.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a circuit breaker",
    label = "expected a `CircuitBreaker`, or something that derefs to one",
    note = "a `KeyedCircuitBreaker` needs a key beside it: `key = …`"
)]
pub trait Breaker {
    fn breaker(&self) -> &CircuitBreaker;
}

impl Breaker for CircuitBreaker {
    #[inline]
    fn breaker(&self) -> &CircuitBreaker {
        self
    }
}

/// A reference to one, a smart pointer, a lazy one.
// Without `do_not_recommend` rustc would report the missing `Deref` beside the text above.
#[diagnostic::do_not_recommend]
impl<B: Deref<Target = CircuitBreaker>> Breaker for B {
    #[inline]
    fn breaker(&self) -> &CircuitBreaker {
        self
    }
}

/// `state = EXPR`, looked at once, so that there is one error where it is something else.
#[doc(hidden)]
#[inline]
pub fn breaker<B: Breaker>(state: &B) -> &CircuitBreaker {
    state.breaker()
}

/// How a call knows its circuit.
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

impl Hold for &Option<Arc<CircuitBreaker>> {
    fn circuit(&self) -> Option<&CircuitBreaker> {
        self.as_deref()
    }
}

/// Asks whether a call may go ahead. `operation` is what a switch that is set to observe names.
#[doc(hidden)]
#[inline]
pub fn admit(held: impl Hold, operation: &'static str) -> Result<Admitted, Refused> {
    match held.circuit().map_or(Ok(Stamp::NONE), CircuitBreaker::stamp) {
        Ok(stamp) => Ok(Admitted(stamp)),
        Err(_) if is_off(operation) => Ok(Admitted(Stamp::NONE)),
        Err(refusal) => Err(Refused(refusal)),
    }
}

/// Whether breakers are switched off.
#[cold]
fn is_off(operation: &'static str) -> bool {
    !control::BREAKERS.lets(operation, "refuse: circuit open")
}

/// A call that was admitted: one word. The permit is made where it stays; were it what `admit` returns, it would be moved
/// as a whole right after it was written in pieces, which takes longer than all the rest.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[must_use = "a call that was admitted needs a permit"]
pub struct Admitted(Stamp);

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
    pub fn new(held: H, admitted: Admitted) -> Self {
        Self {
            held,
            stamp: admitted.0,
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
        let retry_after = self.0.retry_after();
        let by = telemetry::Refusal::CircuitOpen;
        telemetry::tell(operation, Event::Refused { by, retry_after });
        CircuitOpen::new(operation, retry_after)
    }
}
