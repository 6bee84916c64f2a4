//! Tasks that hold a slot: who spawns them waits for it, so that a queue in front of them can fill up.

use std::future::Future;

use super::{TaskHandle, TaskName, TaskReturn, Tasks, event};
use crate::{
    concurrency::{Slots, acquire},
    wait::Wait,
};

impl Tasks {
    /// Waits for a slot of `limit`, and then spawns `work`, which holds the slot until it has ended.
    ///
    /// The slot comes before the task: a loop that spawns stands still while all slots are taken. `limit` is
    /// a `&'static` [`ConcurrencyLimit`](crate::ConcurrencyLimit) or Tokio `Semaphore`, or an `Arc` of one.
    /// When a shutdown begins while it waits, `work` is dropped, and its handle says
    /// [`is_refused`](super::TaskError::is_refused); likewise on a semaphore that is closed.
    ///
    /// ```
    /// use etiquette::{ConcurrencyLimit, Tasks};
    ///
    /// static JOBS: ConcurrencyLimit = ConcurrencyLimit::new(2);
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let tasks = Tasks::new();
    /// for job in 0..10 {
    ///     let handle = tasks.spawn_limited(&JOBS, "job", async move { drop(job) }).await;
    ///     etiquette::detach(handle, "logs for itself");
    ///     assert!(tasks.len() <= 2);
    /// }
    /// # }
    /// ```
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has spawned nothing and holds no slot.
    pub async fn spawn_limited<L, F>(
        &self,
        limit: L,
        name: impl Into<TaskName>,
        work: F,
    ) -> TaskHandle<F::Output>
    where
        L: Slots + Send + 'static,
        F: Future<Output: Send + 'static> + Send + 'static,
        fn() -> F::Output: TaskReturn<F::Output>,
    {
        let name = name.into();
        let taken = match self
            .0
            .draining
            .run_until_cancelled(acquire(&limit, Wait::forever()))
            .await
        {
            Some(Ok(slot)) => {
                // Its borrow ends here; what it stands for goes on.
                slot.forget();
                true
            }
            // A semaphore that is closed, or a shutdown.
            Some(Err(_)) | None => false,
        };
        if !taken {
            event::refused(&name);
            return TaskHandle::refused(name);
        }
        let slot = Owned(limit);
        self.start(name, false, async move {
            let _slot = slot;
            work.await
        })
    }
}

/// A slot, with where it comes from.
struct Owned<L: Slots>(L);

impl<L: Slots> Drop for Owned<L> {
    fn drop(&mut self) {
        drop(self.0.home().slot());
    }
}
