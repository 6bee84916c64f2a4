//! The events this crate logs by itself. Without the `tracing` feature there are none.

use std::time::Duration;

/// Whether anyone may listen to what is logged of retries: one load, so that nothing is prepared for nobody.
#[inline]
pub(crate) fn is_heard() -> bool {
    #[cfg(feature = "tracing")]
    let heard = tracing::level_filters::LevelFilter::current() >= tracing::Level::WARN;
    #[cfg(not(feature = "tracing"))]
    let heard = false;
    heard
}

#[cold]
pub(crate) fn budget_exhausted(operation: &'static str, capacity: u32) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "etiquette::retry",
        operation,
        capacity,
        "retry budget exhausted: failures are final until it has refilled",
    );
    #[cfg(not(feature = "tracing"))]
    let _ = (operation, capacity);
}

/// The last real error of a retry that a total limit cut.
#[cold]
pub(crate) fn cut_short(operation: &'static str, attempts: u32, error: &str) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "etiquette::retry",
        operation,
        attempts,
        error,
        "the limit passed while retrying; this was the last error",
    );
    #[cfg(not(feature = "tracing"))]
    let _ = (operation, attempts, error);
}

#[cold]
pub(crate) fn retrying(
    operation: &'static str,
    attempt: u32,
    delay: Duration,
    error: crate::probe::Text<'_>,
) {
    #[cfg(feature = "tracing")]
    match error.is_none() {
        true => tracing::warn!(
            target: "etiquette::retry",
            operation, attempt, ?delay, "retrying",
        ),
        false => tracing::warn!(
            target: "etiquette::retry",
            operation, attempt, ?delay, %error, "retrying",
        ),
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (operation, attempt, delay, error);
}
