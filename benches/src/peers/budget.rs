//! A retry budget as one would write it by hand: the numbers of etiquette's, on two atomics.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
};

use tokio::time::Instant;

/// What a retry takes.
pub(crate) const COST: u32 = 5;
/// What a retry after a timeout takes.
pub(crate) const COST_OF_TIMEOUT: u32 = 10;

/// A bucket of tokens.
pub(crate) struct Budget {
    tokens: AtomicU32,
    // Milliseconds since the first question.
    refilled: AtomicU64,
    capacity: u32,
    per_second: u64,
}

impl Budget {
    pub(crate) const fn new(capacity: u32, per_second: u32) -> Self {
        Self {
            tokens: AtomicU32::new(capacity),
            refilled: AtomicU64::new(0),
            capacity,
            per_second: per_second as u64,
        }
    }

    /// A call succeeded at first try.
    #[inline]
    pub(crate) fn credit(&self) {
        if self.tokens.load(Relaxed) < self.capacity {
            self.add(1);
        }
    }

    /// A retry succeeded.
    pub(crate) fn give_back(&self, tokens: u32) {
        self.add(tokens);
    }

    fn add(&self, tokens: u32) {
        let _ = self.tokens.fetch_update(Relaxed, Relaxed, |have| {
            Some(have.saturating_add(tokens).min(self.capacity))
        });
    }

    /// Whether there may be a retry.
    pub(crate) fn take(&self, cost: u32) -> bool {
        self.refill();
        self.tokens
            .fetch_update(Relaxed, Relaxed, |have| have.checked_sub(cost))
            .is_ok()
    }

    fn refill(&self) {
        static EPOCH: OnceLock<Instant> = OnceLock::new();
        let now = Instant::now();
        let millis = now
            .saturating_duration_since(*EPOCH.get_or_init(|| now))
            .as_millis();
        let now = u64::try_from(millis).unwrap_or(u64::MAX);
        let before = self.refilled.load(Relaxed);
        let gained = now.saturating_sub(before).saturating_mul(self.per_second) / 1_000;
        if gained > 0
            && self
                .refilled
                .compare_exchange(before, now, Relaxed, Relaxed)
                .is_ok()
        {
            self.add(u32::try_from(gained).unwrap_or(u32::MAX));
        }
    }
}
