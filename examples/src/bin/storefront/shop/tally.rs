//! Counts what the shop tried again, and why. Only the annotated handlers have anything to count.

use std::sync::atomic::{AtomicU64, Ordering};

use etiquette::Retrying;

use super::error::Error;

/// Retries by what they followed.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) after_busy: AtomicU64,
    pub(crate) after_broken: AtomicU64,
    pub(crate) after_timeout: AtomicU64,
}

impl Tally {
    pub(super) fn count(&self, again: &Retrying<'_, Error>) {
        let counter = match again.error {
            Error::Busy { .. } => &self.after_busy,
            Error::Stopped(_) => &self.after_timeout,
            _ => &self.after_broken,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}
