//! `detached_spawn` and `lost_task_error`: is the value that is thrown away a task, and one that can fail?

use super::Asked;
use tokio::task::JoinHandle;

/// A task whose handle is dropped.
pub trait Task {
    #[deprecated(
        note = "the handle of this task is dropped: nobody sees its panic, and nobody can wait for its end
help: keep it in a `JoinSet` or `TaskTracker`, or say `etiquette::detach(handle, \"why\")`"
    )]
    fn detached_spawn(&self);
}

impl<T> Task for &Asked<'_, JoinHandle<T>> {
    fn detached_spawn(&self) {}
}

pub trait NoTask {
    fn detached_spawn(&self);
}

impl<T: ?Sized> NoTask for Asked<'_, T> {
    fn detached_spawn(&self) {}
}

/// A task whose error is dropped with its handle.
pub trait TaskError {
    #[deprecated(note = "this task can fail and its `Err` is dropped
help: handle it inside the task, or keep the handle and join it")]
    fn lost_task_error(&self);
}

impl<T, E> TaskError for &Asked<'_, JoinHandle<Result<T, E>>> {
    fn lost_task_error(&self) {}
}

pub trait NoTaskError {
    fn lost_task_error(&self);
}

impl<T: ?Sized> NoTaskError for Asked<'_, T> {
    fn lost_task_error(&self) {}
}

/// At `deny` the bound is the question: rustc's error names the variable and the `.await`.
pub fn task_not_send<F: Send>(_: F) {}

/// A future that stays on its thread.
pub trait NotSend {
    #[deprecated(note = "this future is declared to be `Send`, but is not
help: drop what is not `Send` before the `.await`, or use what is: `Arc` for `Rc`, a lock for a `RefCell`")]
    fn task_not_send(&self);
}

impl<T: ?Sized> NotSend for Asked<'_, T> {
    fn task_not_send(&self) {}
}

/// A future that may move between threads.
pub trait IsSend {
    fn task_not_send(&self);
}

impl<T: Send + ?Sized> IsSend for &Asked<'_, T> {
    fn task_not_send(&self) {}
}
