//! Work that is known to block, where it is no fault.

#[cfg(feature = "tracing")]
use super::held::Frame;

/// [`tokio::task::block_in_place`], with the time it takes on nobody's account: the executor is not held by it, so
/// `#[instrument_task(slow_poll(…))]` does not count it against the function that calls it.
///
/// ```
/// use etiquette::instrument_task;
///
/// #[instrument_task(slow_poll(10ms))]
/// async fn digest(file: std::path::PathBuf) -> std::io::Result<usize> {
///     etiquette::block_in_place(|| std::fs::read(file)).map(|bytes| bytes.len())
/// }
///
/// # #[tokio::main(flavor = "multi_thread", worker_threads = 1)]
/// # async fn main() {
/// # let file = std::env::current_exe().unwrap();
/// assert!(tokio::spawn(digest(file)).await.unwrap().unwrap() > 0);
/// # }
/// ```
///
/// Needs the `main` feature, which brings Tokio's multi-thread runtime. What can be a function of its own is better off as
/// [`#[blocking]`](macro@crate::blocking), which works on every runtime.
///
/// # Panics
///
/// As Tokio's does: on a runtime of one thread.
#[track_caller]
pub fn block_in_place<F, R>(work: F) -> R
where
    F: FnOnce() -> R,
{
    #[cfg(feature = "tracing")]
    let _not_counted = Frame::enter_inside();
    tokio::task::block_in_place(work)
}
