//! A service that many call at once: its calls get in each other's way, so that beyond some number more of them get
//! less done.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::time::sleep;

/// The pace is looked at anew after so much work.
const SLICE: Duration = Duration::from_millis(10);

/// The calls that are being worked on.
pub(crate) struct Crowd {
    working: AtomicU32,
    most: AtomicU32,
    best_at: Option<u32>,
}

impl Crowd {
    pub(super) fn new(best_at: Option<u32>) -> Self {
        Self {
            working: AtomicU32::new(0),
            most: AtomicU32::new(0),
            best_at,
        }
    }

    /// The most calls that were worked on at once.
    pub(crate) fn most(&self) -> u32 {
        self.most.load(Ordering::Relaxed)
    }

    /// Does what takes `work` when nobody else is there.
    pub(super) async fn work(&self, work: Duration) {
        let _inside = Inside::enter(self);
        let mut left = work;
        while !left.is_zero() {
            let slice = left.min(SLICE);
            sleep(slice.mul_f64(self.slowdown())).await;
            left -= slice;
        }
    }

    /// N. Gunther's universal scalability law with its coherency term alone: `n` calls get n / (1 + κ·n·(n - 1)) times
    /// as much done as one, and κ is such that this is most at `best_at`.
    fn slowdown(&self) -> f64 {
        let (Some(best_at), n) = (self.best_at, self.working.load(Ordering::Relaxed)) else {
            return 1.0;
        };
        let (best_at, n) = (f64::from(best_at), f64::from(n));
        1.0 + n * (n - 1.0) / (best_at * best_at)
    }
}

/// One call, until it is done or its caller has left.
struct Inside<'a>(&'a Crowd);

impl<'a> Inside<'a> {
    fn enter(crowd: &'a Crowd) -> Self {
        let before = crowd.working.fetch_add(1, Ordering::Relaxed);
        crowd.most.fetch_max(before + 1, Ordering::Relaxed);
        Self(crowd)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.working.fetch_sub(1, Ordering::Relaxed);
    }
}
