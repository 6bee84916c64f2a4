//! The layer that finishes what it began: once it has been polled, the work is a task of its own, and
//! no longer ends with whoever asked for it.

use std::{
    future::Future,
    panic::resume_unwind,
    pin::Pin,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    task::{Context, Poll},
};

use tokio::{
    sync::Notify,
    task::{JoinError, JoinHandle},
};

use crate::{
    limits::operation,
    telemetry::{self, Event},
};

/// How many shielded calls are running, in this process.
///
/// A call with `#[shield]` goes on when its caller is dropped, so there may be some that nobody waits
/// for: [`shielded_idle`] does.
#[must_use]
pub fn shielded() -> usize {
    RUNNING.load(SeqCst)
}

/// Waits until no shielded call is running; the last thing to do before the runtime is shut down,
/// which would drop them.
///
/// Those that begin while it waits are waited for as well.
pub async fn shielded_idle() {
    loop {
        // Made before the look, so that no end is missed.
        let idle = IDLE.notified();
        if shielded() == 0 {
            return;
        }
        idle.await;
    }
}

static RUNNING: AtomicUsize = AtomicUsize::new(0);
static IDLE: Notify = Notify::const_new();

/// One of those that are running.
struct Running(());

impl Running {
    fn begin() -> Self {
        RUNNING.fetch_add(1, SeqCst);
        Self(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if RUNNING.fetch_sub(1, SeqCst) == 1 {
            IDLE.notify_waiters();
        }
    }
}

/// The future of [`shield`].
#[must_use = "futures do nothing unless polled"]
pub struct Shield<F: Future> {
    state: State<F>,
    // Empty: the type of the work says.
    operation: &'static str,
}

enum State<F: Future> {
    Unpolled(F),
    Spawned(JoinHandle<F::Output>),
    Taken,
}

// The future is not pinned before it is in its task.
impl<F: Future> Unpin for Shield<F> {}

/// Runs `work` to its end, once it has been polled, even if what this returns is dropped.
///
/// It becomes a task of its own, in the current span. The [`Scope`](crate::Scope)s around it do not reach
/// inside: whoever cancels them stops waiting for `work`, and `work` neither sees that nor their deadline. For
/// what must not be left half done: a commit, a compensation, a second phase.
///
/// ```
/// use etiquette::{Scope, shield, shielded_idle};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// # async fn commit() { tokio::time::sleep(Duration::from_secs(2)).await }
/// let scope = Scope::new().with_timeout(Duration::from_secs(1));
/// let waited = scope.run(shield(async {
///     commit().await; // takes two seconds
///     println!("committed");
/// }));
/// assert!(waited.await.unwrap_err().is_timeout());
/// shielded_idle().await; // and now it is
/// # }
/// ```
///
/// A panic goes on in whoever waits, if anyone does. [`#[etiquette::main]`](macro@crate::main) waits for shielded
/// calls before it ends.
///
/// # Panics
///
/// When it is polled outside of a Tokio runtime, or again after its runtime was shut down.
#[inline]
pub const fn shield<F>(work: F) -> Shield<F>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    Shield {
        state: State::Unpolled(work),
        operation: "",
    }
}

/// `#[shield]`.
#[doc(hidden)]
#[inline]
pub const fn shield_as<F>(operation: &'static str, work: F) -> Shield<F>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    Shield {
        state: State::Unpolled(work),
        operation,
    }
}

impl<F: Future> Drop for Shield<F> {
    fn drop(&mut self) {
        if let State::Spawned(task) = &self.state
            && !task.is_finished()
        {
            let operation = match self.operation {
                "" => operation::<F>(),
                named => named,
            };
            telemetry::tell(operation, Event::Detached);
        }
    }
}

impl<F> Future for Shield<F>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if let State::Unpolled(_) = self.state
            && let State::Unpolled(work) = std::mem::replace(&mut self.state, State::Taken)
        {
            self.state = State::Spawned(spawn(work));
        }
        match &mut self.state {
            State::Spawned(task) => Pin::new(task).poll(cx).map(finished),
            State::Unpolled(_) | State::Taken => Poll::Pending,
        }
    }
}

fn spawn<F>(work: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let running = Running::begin();
    let work = async move {
        // Dropped before whoever waits for the value can have it.
        let _running = running;
        work.await
    };
    #[cfg(feature = "tracing")]
    let work = tracing::Instrument::in_current_span(work);
    tokio::spawn(work)
}

/// What a task came to. A panic goes on in whoever waits for it.
#[allow(
    clippy::panic,
    reason = "nobody aborts the task: its runtime is gone, and there is no value to be had"
)]
pub(crate) fn finished<T>(done: Result<T, JoinError>) -> T {
    match done.map_err(JoinError::try_into_panic) {
        Ok(out) => out,
        Err(Ok(panic)) => resume_unwind(panic),
        Err(Err(_)) => panic!("the runtime was shut down before the call was done"),
    }
}

#[cfg(test)]
mod tests;
