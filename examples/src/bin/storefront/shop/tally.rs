//! Counts what the shop tried again, did without and turned away, and why. Only the annotated handlers have much to
//! count.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;
use etiquette::{Retrying, Stopped};
use tokio::time::Instant;

use super::error::{Error, Kind};

#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Retries by what they followed.
    pub(crate) after_busy: AtomicU64,
    pub(crate) after_broken: AtomicU64,
    pub(crate) after_timeout: AtomicU64,
    /// Further calls to the catalogue while the first was slow or after it failed, and how many of them won.
    pub(crate) hedges: AtomicU64,
    pub(crate) hedges_won: AtomicU64,
    /// Pages that went without instalments, by what kept them away.
    pub(crate) left_out_open: AtomicU64,
    pub(crate) left_out_rate: AtomicU64,
    pub(crate) left_out_slow: AtomicU64,
    pub(crate) left_out_failed: AtomicU64,
    /// Requests turned away without a call to the service that is in trouble.
    pub(crate) refused_open: AtomicU64,
    pub(crate) refused_full: AtomicU64,
    pub(crate) refused_rate: AtomicU64,
    pub(crate) prices: Stopwatch,
}

impl Tally {
    pub(super) fn add(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count(&self, again: &Retrying<'_, Error>) {
        Self::add(match again.error {
            Error::Busy { .. } => &self.after_busy,
            Error::Stopped(_) => &self.after_timeout,
            _ => &self.after_broken,
        });
    }

    /// What a page shows in place of instalments that could not be had.
    pub(super) fn left_out(&self, error: &Error) -> Result<Option<String>, Error> {
        Self::add(match error {
            Error::Stopped(Stopped::CircuitOpen(_)) => &self.left_out_open,
            Error::Stopped(Stopped::RateLimited(_)) => &self.left_out_rate,
            Error::Stopped(_) => &self.left_out_slow,
            _ => &self.left_out_failed,
        });
        Ok(None)
    }

    /// Takes note of an answer on its way out.
    pub(super) fn answered(&self, answer: &Response) {
        match answer.extensions().get() {
            Some(Kind::CircuitOpen) => Self::add(&self.refused_open),
            Some(Kind::AtCapacity) => Self::add(&self.refused_full),
            Some(Kind::RateLimited) => Self::add(&self.refused_rate),
            _ => {}
        }
    }
}

/// How long something took, each time.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch(Mutex<Vec<Duration>>);

impl Stopwatch {
    /// Takes the time also if it is dropped: it took at least that long.
    pub(super) async fn time<F: Future>(&self, future: F) -> F::Output {
        let _lap = Lap(self, Instant::now());
        future.await
    }

    pub(crate) fn laps(&self) -> Vec<Duration> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Lap<'a>(&'a Stopwatch, Instant);

impl Drop for Lap<'_> {
    fn drop(&mut self) {
        let Self(Stopwatch(laps), began) = self;
        let mut laps = laps.lock().unwrap_or_else(PoisonError::into_inner);
        laps.push(began.elapsed());
    }
}
