//! Who owns what was spawned: tasks with names, a limit to how many, and an end that is waited for.

mod drain;
mod end;
mod event;
mod every;
mod handle;
mod limited;
mod named;
mod output;
mod running;
mod work;

use std::{borrow::Cow, future::Future, panic::Location, sync::Arc};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

#[cfg(feature = "main")]
pub(crate) use self::drain::Others;
pub use self::{
    drain::{Drain, Drained, Laggard},
    end::EssentialEnded,
    every::{Every, First},
    handle::{Detachable, TaskError, TaskHandle, detach},
    output::{TaskOutput, TaskReturn},
};
use self::{
    end::{End, How},
    running::{Place, Running},
    work::Work,
};
use crate::Scope;

/// How a task is called in logs and reports: a literal, or a `String` where it takes more to tell them apart.
pub type TaskName = Cow<'static, str>;

/// The tasks of a program, or of a part of it: who spawns through them need not keep a handle for them to be
/// waited for, and what fails says so with its name.
///
/// A clone is the same group. `#[etiquette::main]` makes one and ends it; by hand:
///
/// ```
/// use etiquette::{Drain, Tasks};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let tasks = Tasks::new();
/// let sum = tasks.spawn("sum", async { 1 + 1 });
/// assert_eq!(sum.await.unwrap(), 2);
///
/// let stopping = tasks.draining();
/// let worker = tasks.spawn("worker", async move {
///     while !stopping.is_cancelled() {
///         tokio::time::sleep(Duration::from_secs(1)).await; // a round of work
///     }
/// });
/// etiquette::detach(worker, "ends with the program");
/// let stuck = tasks.spawn("stuck", std::future::pending::<()>());
///
/// let drained = tasks.shutdown(Drain::default()).await;
/// assert_eq!(drained.laggards()[0].name(), "stuck");
/// assert!(stuck.await.unwrap_err().is_aborted());
/// # }
/// ```
///
/// # The stages of a shutdown
///
/// | | `draining()` | `token()`, `Scope::current()` | tasks |
/// |---|---|---|---|
/// | at once | cancelled | | run on; [`spawn`](Self::spawn) takes no new ones, [`every`](Self::every) begins no new round |
/// | after `finish` | | cancelled: "shutting down" | are asked to leave |
/// | after `cancel` more | | | are aborted, and reported by name |
///
/// Work that takes something in listens to [`draining`](Self::draining); work that would not end by itself
/// listens to it too, or to [`token`](Self::token). Dropping the last `Tasks` stops nothing.
#[derive(Clone, Debug)]
pub struct Tasks(Arc<Group>);

#[derive(Debug)]
struct Group {
    tracker: TaskTracker,
    running: Running,
    draining: CancellationToken,
    // The whole program is to end, not only this group.
    asked: CancellationToken,
    scope: Scope,
    end: End,
}

impl Tasks {
    /// A group without tasks.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Group {
            tracker: TaskTracker::new(),
            running: Running::default(),
            draining: CancellationToken::new(),
            asked: CancellationToken::new(),
            scope: Scope::new(),
            end: End::default(),
        }))
    }

    /// Runs `work` as a task of its own, in the current span and the current scope.
    ///
    /// An error it returns and a panic are logged with `name`, once. Dropping the handle neither stops it
    /// nor lets a shutdown go on without it; [`detach`] says that this is meant. Its scope is the
    /// [current](Scope::current) one where there is one, else [`scope`](Self::scope); either way a shutdown
    /// cancels it. In a build with `--cfg tokio_unstable`, tokio-console shows it by its name.
    ///
    /// Once the group drains, only its own tasks can still spawn, to finish what they began; and nobody once
    /// it is cancelled. What comes too late is dropped, with a warning, and its handle says
    /// [`is_refused`](TaskError::is_refused).
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    #[track_caller]
    pub fn spawn<F>(&self, name: impl Into<TaskName>, work: F) -> TaskHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
        fn() -> F::Output: TaskReturn<F::Output>,
    {
        self.start(name.into(), false, work)
    }

    /// A [`spawn`](Self::spawn) that the program cannot do without: when it ends, for whatever reason and
    /// before a shutdown began, everything is cancelled, and [`#[etiquette::main]`](macro@crate::main) fails
    /// with an [`EssentialEnded`].
    #[track_caller]
    pub fn spawn_essential<F>(&self, name: impl Into<TaskName>, work: F) -> TaskHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
        fn() -> F::Output: TaskReturn<F::Output>,
    {
        self.start(name.into(), true, work)
    }

    #[track_caller]
    fn start<F>(&self, name: TaskName, essential: bool, work: F) -> TaskHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
        fn() -> F::Output: TaskReturn<F::Output>,
    {
        if !self.takes_in() {
            event::refused(&name);
            return TaskHandle::refused(name);
        }
        let current = Scope::current();
        let scope = match current.is_within(&self.0.scope) {
            true => current,
            // Cancelled by whoever made it, and by a shutdown of this group.
            false if current.is_cancellable() => current.child(),
            false => self.0.scope.clone().with_deadline(current.deadline()),
        };
        let place = Place::take(self, name.clone(), Location::caller(), scope.clone());
        let key = place.key();
        let work = scope.provide(Work::new(work, place, essential));
        #[cfg(feature = "tracing")]
        let work = tracing::Instrument::in_current_span(work);
        let task = named::spawn(&name, self.0.tracker.track_future(work));
        self.0.running.began(key, task.abort_handle());
        TaskHandle::new(name, task)
    }

    /// Whether a task may begin now.
    fn takes_in(&self) -> bool {
        let drains = self.0.draining.is_cancelled();
        !drains || (!self.0.scope.is_cancelled() && self.0.running.is_ours(tokio::task::try_id()))
    }

    /// Cancelled when running work is asked to leave: at the end of the time to
    /// [`finish`](Drain::finish) in, or when an [essential](Self::spawn_essential) task has ended.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.0.scope.token()
    }

    /// Cancelled when a shutdown begins: the sign to take nothing new in.
    ///
    /// ```no_run
    /// # async fn serve(listener: tokio::net::TcpListener, tasks: etiquette::Tasks) {
    /// let draining = tasks.draining();
    /// while let Some(Ok((connection, _))) = draining.run_until_cancelled(listener.accept()).await {
    ///     let handle = tasks.spawn("connection", async move { drop(connection) });
    ///     etiquette::detach(handle, "one of many");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn draining(&self) -> CancellationToken {
        self.0.draining.clone()
    }

    /// The scope of tasks that are spawned outside of any other, cancelled together with
    /// [`token`](Self::token).
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.0.scope.clone()
    }

    /// How many tasks are running.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.tracker.len()
    }

    /// Whether no task is running.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.tracker.is_empty()
    }

    /// How the first essential task ended that was not to end.
    #[must_use]
    pub fn failure(&self) -> Option<EssentialEnded> {
        self.0.end.get().cloned()
    }

    /// An essential task ended, by itself.
    fn failed(&self, name: TaskName, how: How) {
        if self.0.draining.is_cancelled() {
            return;
        }
        let ended = EssentialEnded::new(name, how);
        event::essential_ended(&ended);
        let reason = ended.to_string();
        if self.0.end.set(ended) {
            self.0.draining.cancel();
            self.cancel(reason);
        }
    }

    /// Begins the end without waiting for it: nothing new is taken in from now on. In a program of
    /// [`#[etiquette::main]`](macro@crate::main) this does what a signal does.
    pub fn begin_shutdown(&self) {
        self.0.draining.cancel();
        self.0.asked.cancel();
    }

    #[cfg(feature = "main")]
    pub(crate) fn asked(&self) -> &CancellationToken {
        &self.0.asked
    }

    /// Who is running.
    pub(crate) fn running(&self) -> Vec<Laggard> {
        self.0.running.laggards()
    }

    /// Asks all tasks to leave.
    fn cancel(&self, reason: impl Into<crate::Reason>) {
        let reason = reason.into();
        self.0.scope.cancel(reason.clone());
        // Scopes that others made are not below ours.
        for scope in self.0.running.scopes() {
            scope.cancel(reason.clone());
        }
    }
}

impl Default for Tasks {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
