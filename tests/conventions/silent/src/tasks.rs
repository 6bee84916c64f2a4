//! What is called as a spawn is, and drops no handle.

use std::future::Future;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::task::TaskTracker;

/// Starts a task that somebody else owns.
pub fn spawn_owned<F: Future<Output = ()> + Send + 'static>(_: F) {}

/// Starts a task.
pub fn spawn_logged<F>(task: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    tokio::spawn(task)
}

/// Owns its tasks.
#[derive(Debug, Default)]
pub struct Service {
    tracker: TaskTracker,
}

#[etiquette::conventions]
mod inside {
    use super::*;

    /// No handle.
    pub async fn owned() {
        spawn_owned(async {});
    }

    /// Whatever it returns.
    pub async fn generic<T>(spawn_it: impl Fn() -> T) {
        spawn_it();
    }

    /// In a set.
    pub async fn in_a_set(set: &mut JoinSet<u8>) {
        set.spawn(async { 1 });
    }

    /// In a tracker, which waits for it.
    pub async fn tracked(service: &Service) {
        service.tracker.spawn(async { 1 });
    }

    /// Kept.
    pub async fn kept() -> JoinHandle<()> {
        let first = spawn_logged(async {});
        first.await.ok();
        spawn_logged(async {})
    }

    /// Its type is nobody's but its own.
    pub async fn endless() {
        // etiquette: exempt(detached_spawn) runs as long as the program
        spawn_logged(async {
            // etiquette: exempt(endless_loop) runs as long as the program
            loop {
                tokio::task::yield_now().await;
            }
        });
    }
}

pub use inside::*;
