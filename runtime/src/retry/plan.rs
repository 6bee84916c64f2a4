//! What a retried call is to do, as far as it does not change while it runs.

use std::time::Duration;

use super::{
    Attempts,
    jitter::Jitter,
    schedule::{Jittered, Schedule},
};
use crate::{limit::IntoLimit, nanos::Nanos};

/// How long a server may ask for, unless the user says otherwise.
pub(super) const MAX_HINT: Duration = Duration::from_secs(60);

/// What a retried call is to do.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Plan<S> {
    pub(super) operation: &'static str,
    pub(super) attempts: Attempts,
    pub(super) max_hint: Nanos,
    pub(super) schedule: S,
}

impl<S> Plan<S> {
    #[inline]
    pub fn new(operation: &'static str, attempts: Attempts, schedule: S) -> Self {
        Self {
            operation,
            attempts,
            max_hint: const { Nanos::new(MAX_HINT) },
            schedule,
        }
    }

    #[must_use]
    #[inline]
    pub fn jitter(self, jitter: Jitter) -> Plan<Jittered<S>> {
        Plan {
            operation: self.operation,
            attempts: self.attempts,
            max_hint: self.max_hint,
            schedule: Jittered::new(self.schedule, jitter),
        }
    }

    /// The longest wait that a server may ask for.
    #[must_use]
    #[inline]
    pub fn max_hint(mut self, limit: impl IntoLimit) -> Self {
        self.max_hint = limit.into_limit().nanos();
        self
    }
}

/// A plan, or what makes one: then it takes no place in the future of a call, and is made where it is needed.
#[doc(hidden)]
pub trait Planned {
    type Schedule: Schedule;

    fn with<T>(&self, ask: impl FnOnce(&Plan<Self::Schedule>) -> T) -> T;
}

impl<S: Schedule> Planned for Plan<S> {
    type Schedule = S;

    #[inline]
    fn with<T>(&self, ask: impl FnOnce(&Self) -> T) -> T {
        ask(self)
    }
}

impl<S: Schedule, F: Fn() -> Plan<S>> Planned for F {
    type Schedule = S;

    #[inline]
    fn with<T>(&self, ask: impl FnOnce(&Plan<S>) -> T) -> T {
        ask(&self())
    }
}
