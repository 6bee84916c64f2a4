//! Many calls at once: who was inside together, and when each began.

use std::future::Future;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::Instant;

/// What the bodies of many calls tell of themselves.
#[derive(Debug)]
pub(crate) struct Crowd {
    start: Instant,
    inside: AtomicUsize,
    most: AtomicUsize,
    began: Mutex<Vec<(u32, Duration)>>,
}

impl Crowd {
    /// From now on.
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            inside: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            began: Mutex::default(),
        })
    }

    /// The body of the call with this number begins; it is over when what this returns is dropped.
    pub(crate) fn enter(&self, number: u32) -> Inside<'_> {
        let now = self.inside.fetch_add(1, Relaxed) + 1;
        self.most.fetch_max(now, Relaxed);
        self.began.lock().unwrap().push((number, self.start.elapsed()));
        Inside(self)
    }

    /// How many are inside now.
    pub(crate) fn inside(&self) -> usize {
        self.inside.load(Relaxed)
    }

    /// How many were inside together at most.
    pub(crate) fn most(&self) -> usize {
        self.most.load(Relaxed)
    }

    /// Who began, in that order, and when.
    pub(crate) fn began(&self) -> Vec<(u32, Duration)> {
        self.began.lock().unwrap().clone()
    }

    /// Who began, in that order, and after how many milliseconds.
    pub(crate) fn began_ms(&self) -> Vec<(u32, u64)> {
        let ms = |at: Duration| u64::try_from(at.as_millis()).unwrap();
        self.began()
            .iter()
            .map(|(number, at)| (*number, ms(*at)))
            .collect()
    }
}

/// A body that runs.
pub(crate) struct Inside<'a>(&'a Crowd);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Relaxed);
    }
}

/// Makes the calls in tasks of their own, each when the one before has begun to wait, and waits for all.
pub(crate) async fn in_order<F>(calls: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let mut tasks = Vec::new();
    for call in calls {
        tasks.push(tokio::spawn(call));
        tokio::task::yield_now().await;
    }
    let mut out = Vec::new();
    for task in tasks {
        out.push(task.await.expect("a call that does not panic"));
    }
    out
}

/// Chance that is the same in every run.
pub(crate) struct Seeded(u64);

impl Seeded {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, by [Marsaglia's xorshift](https://www.jstatsoft.org/article/view/v008i14).
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}
