//! A world for each test: what would be shared by the whole process is made anew in it.
//!
//! A thread is in at most one. The runner puts the threads of a test's runtime into the test's; what finds itself in
//! none uses what the process shares.

use std::{
    any::Any,
    cell::RefCell,
    collections::BTreeMap,
    marker::PhantomData,
    ptr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{recorder::Logs, settings::Settings};
use crate::state::Fresh;

thread_local! {
    static CURRENT: RefCell<Option<Arc<World>>> = const { RefCell::new(None) };
}

/// What a test has to itself.
#[derive(Debug, Default)]
pub(crate) struct World {
    // By the address of the static that it stands for.
    states: Mutex<BTreeMap<usize, Held>>,
    // Who records what happens in it.
    logs: Mutex<Logs>,
    // What was set for it.
    settings: Mutex<Settings>,
}

/// The state of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) operation: &'static str,
    pub(crate) state: &'static (dyn Any + Send + Sync),
}

impl World {
    /// The one that this thread is in.
    pub(crate) fn current() -> Option<Arc<Self>> {
        // A thread that ends is in none any more.
        CURRENT
            .try_with(|current| current.borrow().clone())
            .ok()
            .flatten()
    }

    /// Puts this thread into the world, for good: for threads that a runtime begins.
    pub(crate) fn adopt_thread(self: &Arc<Self>) {
        CURRENT.set(Some(Arc::clone(self)));
    }

    /// Puts this thread into the world until the guard is dropped.
    pub(crate) fn enter(self: &Arc<Self>) -> Isolated {
        Isolated {
            before: CURRENT.replace(Some(Arc::clone(self))),
            not_send: PhantomData,
        }
    }

    /// What stands for `of` here. It is made when it is first asked for, and stays for as long as the process: calls
    /// hold a `&'static` to it, as they would to `of`.
    pub(crate) fn state<T: Fresh>(&self, of: &'static T, operation: &'static str) -> &'static T {
        let mut states = self.states();
        let held = states.entry(ptr::from_ref(of).addr()).or_insert_with(|| Held {
            operation,
            state: Box::leak(Box::new(of.fresh())),
        });
        // No two statics have one address, so it is of this type.
        held.state.downcast_ref().unwrap_or(of)
    }

    /// All states that have been used here.
    pub(crate) fn all(&self) -> Vec<Held> {
        self.states().values().copied().collect()
    }

    /// The next call of each function finds a new state.
    pub(crate) fn forget_states(&self) {
        self.states().clear();
    }

    /// Those who record.
    pub(crate) fn with_logs<T>(&self, ask: impl FnOnce(&mut Logs) -> T) -> T {
        ask(&mut self.logs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What was set for it.
    pub(crate) fn with_settings<T>(&self, ask: impl FnOnce(&mut Settings) -> T) -> T {
        ask(&mut self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    // A panic elsewhere leaves the map whole.
    fn states(&self) -> MutexGuard<'_, BTreeMap<usize, Held>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What [`isolate`] returns: dropping it puts the thread back to where it was.
#[derive(Debug)]
#[must_use = "the thread is back in its former world as soon as this is dropped"]
pub struct Isolated {
    before: Option<Arc<World>>,
    // It is about this thread.
    not_send: PhantomData<*const ()>,
}

impl Drop for Isolated {
    fn drop(&mut self) {
        let before = self.before.take();
        // A thread that ends is in none any more.
        let _ = CURRENT.try_with(|current| current.replace(before));
    }
}

/// Gives this thread a world of its own until the guard is dropped: functions that are called on it have their state
/// (a retry's budget, a circuit breaker, a limit) to themselves.
///
/// [`#[etiquette::test]`](macro@crate::test) does this by itself, for all threads of its runtime. This is for tests
/// under another runner whose runtime has one thread, and for threads that a test starts.
///
/// ```
/// use etiquette::{Stopped, circuit_breaker, testing};
///
/// #[circuit_breaker]
/// async fn fetch() -> Result<u32, Stopped> {
///     Ok(7)
/// }
///
/// #[tokio::main(flavor = "current_thread")] // or `#[tokio::test]`
/// async fn main() {
///     let _own = testing::isolate();
///     fetch().await.unwrap();
///     testing::breaker("fetch").unwrap().force_open();
///     assert!(fetch().await.unwrap_err().is_refusal());
///
///     let _another = testing::isolate();
///     assert!(fetch().await.is_ok());
/// }
/// ```
///
/// Guards are dropped in the reverse order, as variables are. A state that was made stays in memory until the process
/// ends: a few hundred bytes for each function that a test calls.
pub fn isolate() -> Isolated {
    Arc::new(World::default()).enter()
}

#[cfg(test)]
mod tests;
