//! What is left of a task in the hands of who spawned it.

use std::{
    any::Any,
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::task::{AbortHandle, JoinError, JoinHandle};

use super::{TaskName, event};

/// A task that was spawned with [`Tasks`](crate::Tasks): wait for what it returns by awaiting this.
///
/// Dropping it leaves the task as it is. [`detach`] does the same and says so.
///
/// Cancel safe: a wait that is dropped has taken nothing.
#[derive(Debug)]
#[must_use = "await the task, or say why nobody does: `etiquette::detach(handle, \"reason\")`"]
pub struct TaskHandle<T> {
    name: TaskName,
    // None: it never began.
    task: Option<JoinHandle<T>>,
}

impl<T> TaskHandle<T> {
    pub(super) const fn new(name: TaskName, task: JoinHandle<T>) -> Self {
        Self {
            name,
            task: Some(task),
        }
    }

    pub(super) const fn refused(name: TaskName) -> Self {
        Self { name, task: None }
    }

    /// The name it was spawned with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Stops the task at its next await, without asking it.
    pub fn abort(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }

    /// What can abort the task when this is gone; `None` for one that never began.
    #[must_use]
    pub fn abort_handle(&self) -> Option<AbortHandle> {
        self.task.as_ref().map(JoinHandle::abort_handle)
    }

    /// Whether there is nothing to wait for.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.task.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl<T> Future for TaskHandle<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let Some(task) = &mut this.task else {
            return Poll::Ready(Err(TaskError::new(&this.name, Kind::Refused)));
        };
        Pin::new(task)
            .poll(cx)
            .map(|out| out.map_err(|error| TaskError::new(&this.name, Kind::Ended(error))))
    }
}

/// Why a task has no value to give.
///
/// Prints like ``the task `sync` panicked``.
#[derive(Debug)]
pub struct TaskError {
    name: TaskName,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Ended(JoinError),
    Refused,
}

impl TaskError {
    fn new(name: &TaskName, kind: Kind) -> Self {
        Self {
            name: name.clone(),
            kind,
        }
    }

    /// The name of the task.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it panicked.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        matches!(&self.kind, Kind::Ended(error) if error.is_panic())
    }

    /// Whether it was aborted: through its handle, by a shutdown, or because its runtime is gone.
    #[must_use]
    pub fn is_aborted(&self) -> bool {
        matches!(&self.kind, Kind::Ended(error) if error.is_cancelled())
    }

    /// Whether it never began, because its group was shutting down.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self.kind, Kind::Refused)
    }

    /// What it panicked with, for [`resume_unwind`](std::panic::resume_unwind); the error itself where it
    /// did not.
    ///
    /// # Errors
    ///
    /// The task did not panic.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        let Self { name, kind } = self;
        match kind {
            Kind::Ended(error) => error.try_into_panic().map_err(|error| Self {
                name,
                kind: Kind::Ended(error),
            }),
            Kind::Refused => Err(Self { name, kind }),
        }
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the task `{}` ", self.name)?;
        f.write_str(match &self.kind {
            Kind::Ended(error) if error.is_panic() => "panicked",
            Kind::Ended(_) => "was aborted",
            Kind::Refused => "was not started: shutting down",
        })
    }
}

impl Error for TaskError {}

/// Lets go of a task, and says why nobody waits for it. The task runs on; one of
/// [`Tasks`](crate::Tasks) is still logged when it fails, and waited for by a shutdown.
///
/// The reason is for readers and reviewers, and for a debug event with the target `etiquette::tasks`.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # async fn warm_up() {}
/// etiquette::detach(tokio::spawn(warm_up()), "the first request waits for the same lock");
/// # }
/// ```
pub fn detach(handle: impl Detachable, reason: &'static str) {
    event::detached(handle.name(), reason);
}

/// A handle that can be let go of: a [`TaskHandle`], or a `JoinHandle` of Tokio's.
pub trait Detachable {
    /// The name of the task, where it has one.
    fn name(&self) -> Option<&str> {
        None
    }
}

impl<T> Detachable for TaskHandle<T> {
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
}

impl<T> Detachable for JoinHandle<T> {}
