//! Which time a rate is measured by.

use std::{sync::OnceLock, time::Duration};

use tokio::time::Instant;

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
        since(Instant::now().into_std())
    }
}

impl Clock for MonotonicClock {
    #[inline]
    fn now(&self) -> u64 {
        since(std::time::Instant::now())
    }
}

/// Nanoseconds since an hour before anyone first asked: a test's paused clock may be behind by as
/// long as the test has been running, and must not find that no time passes.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "in 584 years")]
fn since(now: std::time::Instant) -> u64 {
    static EPOCH: OnceLock<std::time::Instant> = OnceLock::new();
    let epoch = EPOCH.get_or_init(|| {
        let now = std::time::Instant::now();
        now.checked_sub(Duration::from_secs(3_600)).unwrap_or(now)
    });
    now.saturating_duration_since(*epoch).as_nanos() as u64
}
