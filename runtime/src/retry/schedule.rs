//! How long to wait before each retry, before jitter.

use std::time::Duration;

use super::jitter::Jitter;
use crate::nanos::Nanos;

/// A delay for each retry, counted from 1.
#[doc(hidden)]
pub trait Schedule {
    /// What is used unless the user says otherwise.
    const JITTER: Jitter;

    fn delay(&self, retry: u32) -> Duration;

    /// What no delay may exceed, jitter included.
    fn max(&self) -> Duration {
        Duration::MAX
    }

    fn jitter(&self) -> Jitter {
        Self::JITTER
    }

    /// The delay with its jitter.
    #[inline]
    fn pause(&self, retry: u32) -> Duration {
        match self.delay(retry) {
            Duration::ZERO => Duration::ZERO,
            delay => self.jitter().apply(delay, self.max()),
        }
    }
}

/// A schedule with another jitter than its own.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Jittered<S> {
    schedule: S,
    jitter: Jitter,
}

impl<S> Jittered<S> {
    #[inline]
    pub(super) fn new(schedule: S, jitter: Jitter) -> Self {
        Self { schedule, jitter }
    }
}

impl<S: Schedule> Schedule for Jittered<S> {
    const JITTER: Jitter = S::JITTER;

    fn delay(&self, retry: u32) -> Duration {
        self.schedule.delay(retry)
    }

    fn max(&self) -> Duration {
        self.schedule.max()
    }

    fn jitter(&self) -> Jitter {
        self.jitter
    }
}

/// `exponential(first, factor = …, max = …)`: `first · factor^(retry - 1)`, never above `max`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    first: Nanos,
    factor: f64,
    max: Nanos,
}

impl Exponential {
    #[inline]
    pub fn new(first: Duration, factor: impl Into<f64>, max: Duration) -> Self {
        Self::of(first, factor.into(), max)
    }

    /// Without a `max` of the user's: 10 s, or `first` where that is longer.
    #[inline]
    pub fn growing(first: Duration, factor: impl Into<f64>) -> Self {
        Self::of(first, factor.into(), first.max(Duration::from_secs(10)))
    }

    pub(super) const fn of(first: Duration, factor: f64, max: Duration) -> Self {
        // Neither "not a number" nor a change of sign is a delay: such a factor does not grow.
        let factor = if factor >= 0.0 { factor } else { 1.0 };
        Self {
            first: Nanos::new(first),
            factor,
            max: Nanos::new(max),
        }
    }

    #[cfg(feature = "serde")]
    pub(super) fn parts(&self) -> (Duration, f64, Duration) {
        (self.first.into(), self.factor, self.max.into())
    }
}

impl Schedule for Exponential {
    const JITTER: Jitter = Jitter::Full;

    fn delay(&self, retry: u32) -> Duration {
        let steps = i32::try_from(retry.saturating_sub(1)).unwrap_or(i32::MAX);
        // Nothing grown infinitely is no number, and counts as nothing.
        let grown = self.first.as_f64() * self.factor.powi(steps);
        Nanos::from_f64(grown).min(self.max).into()
    }

    fn max(&self) -> Duration {
        self.max.into()
    }
}

/// `constant(delay)`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constant(Nanos);

impl Constant {
    #[inline]
    pub const fn new(delay: Duration) -> Self {
        Self(Nanos::new(delay))
    }

    #[cfg(feature = "serde")]
    pub(super) fn get(self) -> Duration {
        self.0.into()
    }
}

impl Schedule for Constant {
    const JITTER: Jitter = Jitter::Proportional(0.2);

    #[inline]
    fn delay(&self, _: u32) -> Duration {
        self.0.into()
    }
}

/// `delays(first, second, …)`: the last one repeats.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delays<const N: usize>([Duration; N]);

impl<const N: usize> Delays<N> {
    #[inline]
    pub const fn new(delays: [Duration; N]) -> Self {
        Self(delays)
    }
}

impl<const N: usize> Schedule for Delays<N> {
    const JITTER: Jitter = Jitter::None;

    fn delay(&self, retry: u32) -> Duration {
        nth(&self.0, retry)
    }
}

/// The delay before retry number `retry`; no delays at all mean no delay.
pub(super) fn nth(delays: &[Duration], retry: u32) -> Duration {
    let index = usize::try_from(retry.saturating_sub(1)).unwrap_or(usize::MAX);
    delays.get(index).or(delays.last()).copied().unwrap_or_default()
}

/// `backoff = f`: whatever the user's function says.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Backoff<F> {
    delay: F,
    // Knows that `F` is a function, so that a schedule need not: what is none is one error then, and
    // not one for each method.
    call: fn(&F, u32) -> Duration,
}

impl<F: Fn(u32) -> Duration> Backoff<F> {
    #[inline]
    pub const fn new(delay: F) -> Self {
        Self {
            delay,
            call: |delay, retry| delay(retry),
        }
    }
}

impl<F> Schedule for Backoff<F> {
    const JITTER: Jitter = Jitter::None;

    fn delay(&self, retry: u32) -> Duration {
        (self.call)(&self.delay, retry)
    }
}

#[cfg(test)]
mod tests;
