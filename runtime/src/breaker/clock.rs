//! Tokio's clock in one word.

use std::{sync::OnceLock, time::Duration};

use tokio::time::Instant;

use super::settings::nanos;

/// Nanoseconds on Tokio's clock since some instant before anyone asked; never 0.
pub(super) fn now() -> u64 {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    let epoch = EPOCH.get_or_init(|| {
        // The real clock, and an hour ago: a test's paused clock may be behind by as long as the
        // test has been running.
        let now = std::time::Instant::now();
        let hour = Duration::from_secs(3_600);
        Instant::from_std(now.checked_sub(hour).unwrap_or(now))
    });
    nanos(Instant::now().saturating_duration_since(*epoch)).max(1)
}
