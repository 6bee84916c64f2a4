//! How a task is handed to Tokio: with its name where Tokio keeps one, for tokio-console.

use std::future::Future;

use tokio::task::JoinHandle;

/// Its span `runtime.spawn` carries the name as `task.name`.
#[cfg(tokio_unstable)]
#[allow(
    clippy::panic,
    reason = "outside of a runtime it panics by itself, as `tokio::spawn` does; it has no other error"
)]
#[track_caller]
pub(super) fn spawn<F>(name: &str, work: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    match tokio::task::Builder::new().name(name).spawn(work) {
        Ok(task) => task,
        Err(error) => panic!("the task `{name}` could not be spawned: {error}"),
    }
}

#[cfg(not(tokio_unstable))]
#[track_caller]
pub(super) fn spawn<F>(_: &str, work: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    tokio::spawn(work)
}
