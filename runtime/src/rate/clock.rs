//! Which time a rate is measured by.

use crate::clock::{now, since_epoch};

/// Which time a [`RateLimit`](crate::RateLimit) is measured by.
///
/// Implement it for a clock of your own where reading one is what a call spends its time on: a rate
/// limit costs little else.
pub trait Clock: Send + Sync {
    /// Nanoseconds since some instant that stays the same.
    fn now(&self) -> u64;
}

/// Tokio's clock, which tests can pause.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

/// The standard library's monotonic clock.
///
/// For limits that are used outside of Tokio's time, and a little faster than [`TokioClock`] where
/// Tokio's `test-util` feature is on. Do not wait on it while Tokio's clock is paused: that runs
/// ahead, this does not, and the wait spins until it has caught up.
#[derive(Clone, Copy, Debug, Default)]
pub struct MonotonicClock;

impl Clock for TokioClock {
    #[inline]
    fn now(&self) -> u64 {
        now()
    }
}

impl Clock for MonotonicClock {
    #[inline]
    fn now(&self) -> u64 {
        since_epoch(std::time::Instant::now())
    }
}
