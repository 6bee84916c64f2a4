//! A retry policy as a value: a constant shared by functions, or read from a configuration.

#[cfg(feature = "serde")]
mod human;
#[cfg(feature = "serde")]
mod serde;

use std::{borrow::Borrow, time::Duration};

use super::{
    Attempts, Constant, Exponential, Jitter, Plan, Retry,
    ask::Budget,
    plan::MAX_HINT,
    schedule::{Schedule, nth},
    stopwatch::Timed,
};
use crate::nanos::Nanos;

/// How many delays a policy can list.
const MAX_DELAYS: usize = 8;

/// A retry policy as a value, for `#[retry(policy = …)]`: a constant that functions share, or one
/// read from a configuration (feature `serde`).
///
/// ```
/// use etiquette::{Jitter, RetryPolicy};
/// use std::time::Duration;
///
/// const HTTP: RetryPolicy = RetryPolicy::new()
///     .attempts(5)
///     .exponential(Duration::from_millis(50), 2.0, Duration::from_secs(2))
///     .jitter(Jitter::Equal)
///     .max_elapsed(Duration::from_secs(10));
/// ```
///
/// In a file, here as TOML, durations are written as in the attributes; a key that is not known is
/// an error, and one that is absent is as in [`RetryPolicy::new`]:
///
/// ```toml
/// attempts = 5                # or "forever"
/// exponential = { first = "50ms", factor = 2, max = "2s" }   # or
/// # constant = "1s"           # or
/// # delays = ["100ms", "1s"]
/// jitter = "equal"            # "full", "none", 0.2
/// max_elapsed = "1m 30s"      # or "none"
/// max_hint = "60s"            # or "none"
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryPolicy {
    attempts: Attempts,
    schedule: AnySchedule,
    jitter: Option<Jitter>,
    max_elapsed: Nanos,
    max_hint: Nanos,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum AnySchedule {
    Exponential(Exponential),
    Constant(Constant),
    Delays(List),
}

/// A list that is `Copy`, so that a policy is, and can be built in a constant.
#[derive(Clone, Copy, Debug, PartialEq)]
struct List {
    delays: [Duration; MAX_DELAYS],
    len: usize,
}

impl List {
    fn as_slice(&self) -> &[Duration] {
        self.delays.get(..self.len).unwrap_or(&self.delays)
    }
}

impl RetryPolicy {
    /// What a bare `#[retry]` does: 3 attempts in all, exponential delays from 100 ms by 2 up to
    /// 10 s with full jitter, no limit on the whole, hints of a server up to 60 s.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: Attempts::new(3),
            schedule: AnySchedule::Exponential(Exponential::of(
                Duration::from_millis(100),
                2.0,
                Duration::from_secs(10),
            )),
            jitter: None,
            max_elapsed: Nanos::MAX,
            max_hint: Nanos::new(MAX_HINT),
        }
    }

    /// How many runs of the body there may be, the first one too. 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, count: u32) -> Self {
        self.attempts = Attempts::new(count);
        self
    }

    /// As many runs of the body as it takes. Use it below a timeout or a cancellation, or with
    /// [`max_elapsed`](Self::max_elapsed).
    #[must_use]
    pub const fn forever(mut self) -> Self {
        self.attempts = Attempts::FOREVER;
        self
    }

    /// Delays of `first`, `first · factor`, `first · factor²`, … up to `max`; full jitter unless
    /// set. A factor that is negative or not a number counts as 1.
    #[must_use]
    pub const fn exponential(mut self, first: Duration, factor: f64, max: Duration) -> Self {
        self.schedule = AnySchedule::Exponential(Exponential::of(first, factor, max));
        self
    }

    /// The same delay each time; a jitter of 0.2 unless set.
    #[must_use]
    pub const fn constant(mut self, delay: Duration) -> Self {
        self.schedule = AnySchedule::Constant(Constant::new(delay));
        self
    }

    /// These delays, of which the last one repeats; no jitter unless set. One to eight.
    #[must_use]
    pub const fn delays<const N: usize>(mut self, delays: [Duration; N]) -> Self {
        const { assert!(N > 0 && N <= MAX_DELAYS, "a policy lists one to eight delays") };
        let mut list = List {
            delays: [Duration::ZERO; MAX_DELAYS],
            len: N,
        };
        let mut i = 0;
        while i < N {
            list.delays[i] = delays[i];
            i += 1;
        }
        self.schedule = AnySchedule::Delays(list);
        self
    }

    /// How much of each delay is left to chance.
    #[must_use]
    pub const fn jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = Some(jitter);
        self
    }

    /// No attempt starts later than this after the call; a delay that would is not slept.
    /// `Duration::MAX` is no limit.
    #[must_use]
    pub const fn max_elapsed(mut self, limit: Duration) -> Self {
        self.max_elapsed = Nanos::new(limit);
        self
    }

    /// The longest wait that a server may ask for. `Duration::MAX` is no limit.
    #[must_use]
    pub const fn max_hint(mut self, limit: Duration) -> Self {
        self.max_hint = Nanos::new(limit);
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl AnySchedule {
    const fn jitter(&self) -> Jitter {
        match self {
            Self::Exponential(_) => Exponential::JITTER,
            Self::Constant(_) => Constant::JITTER,
            Self::Delays(_) => Jitter::None,
        }
    }
}

/// The schedule of a policy, owned or borrowed.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct OfPolicy<P>(P);

impl<P: Borrow<RetryPolicy>> Schedule for OfPolicy<P> {
    const JITTER: Jitter = Jitter::None;

    fn delay(&self, retry: u32) -> Duration {
        match &self.0.borrow().schedule {
            AnySchedule::Exponential(schedule) => schedule.delay(retry),
            AnySchedule::Constant(schedule) => schedule.delay(retry),
            AnySchedule::Delays(list) => nth(list.as_slice(), retry),
        }
    }

    fn max(&self) -> Duration {
        match &self.0.borrow().schedule {
            AnySchedule::Exponential(schedule) => schedule.max(),
            AnySchedule::Constant(_) | AnySchedule::Delays(_) => Duration::MAX,
        }
    }

    fn jitter(&self) -> Jitter {
        let policy = self.0.borrow();
        policy.jitter.unwrap_or(policy.schedule.jitter())
    }
}

/// What `policy =` takes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a retry policy",
    label = "expected a `RetryPolicy` or a `&RetryPolicy`"
)]
pub trait AsPolicy {
    // Where there is no policy there is no type: rustc has nothing more to say of what is done with it.
    type Policy: Borrow<RetryPolicy>;

    fn policy(self) -> Self::Policy;
}

#[diagnostic::do_not_recommend]
impl AsPolicy for RetryPolicy {
    type Policy = Self;

    #[inline]
    fn policy(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl AsPolicy for &RetryPolicy {
    type Policy = Self;

    #[inline]
    fn policy(self) -> Self {
        self
    }
}

impl<P: Borrow<RetryPolicy>, B: Budget> Retry<Plan<OfPolicy<P>>, B, Timed> {
    /// `policy = …` in place of the options.
    #[inline]
    pub fn with_policy(operation: &'static str, policy: impl AsPolicy<Policy = P>, budget: B) -> Self {
        let policy = policy.policy();
        let known: RetryPolicy = *policy.borrow();
        let plan = Plan::new(operation, known.attempts, OfPolicy(policy));
        let plan = plan.max_hint(Duration::from(known.max_hint));
        Retry::new(plan, budget).max_elapsed(Duration::from(known.max_elapsed))
    }
}

#[cfg(test)]
mod tests;
