//! Tokio's clock in one word, for what is kept in an atomic.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

/// Nanoseconds on Tokio's clock since an instant before anyone asked.
#[inline]
pub(crate) fn now() -> u64 {
    since_epoch(tokio::time::Instant::now().into_std())
}

/// Nanoseconds from an hour before anyone first asked: a test's paused clock may be behind by as long as the test has
/// been running, and must not find that no time passes.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "in 584 years")]
pub(crate) fn since_epoch(instant: Instant) -> u64 {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    let epoch = EPOCH.get_or_init(|| {
        let now = Instant::now();
        now.checked_sub(Duration::from_secs(3_600)).unwrap_or(now)
    });
    instant.saturating_duration_since(*epoch).as_nanos() as u64
}
