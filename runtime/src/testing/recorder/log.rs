//! Where what was told is kept, and who is told of it: the recorders of the thread, and those of the test it belongs to.

use std::{
    cell::RefCell,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::time::Instant;

use super::line;
use crate::{telemetry::Event, testing::World};

/// How many recorders there are in the process: as long as there is none, telling is one load.
static RECORDERS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static OF_THREAD: RefCell<Logs> = const { RefCell::new(Logs(Vec::new())) };
}

/// Those who record.
#[derive(Debug, Default)]
pub(crate) struct Logs(Vec<Weak<Log>>);

impl Logs {
    fn add(&mut self, log: &Arc<Log>) {
        self.0.retain(|log| log.strong_count() > 0);
        self.0.push(Arc::downgrade(log));
    }

    fn alive(&self) -> impl Iterator<Item = Arc<Log>> {
        self.0.iter().filter_map(Weak::upgrade)
    }
}

/// One thing done.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) operation: &'static str,
    pub(super) at: Duration,
    pub(super) what: String,
}

impl Recorded {
    pub(super) fn line(&self) -> String {
        format!("{}: {}", line::short(self.operation), self.what)
    }
}

/// What one recorder has recorded.
#[derive(Debug)]
pub(super) struct Log(Mutex<Seen>);

#[derive(Debug)]
struct Seen {
    start: Instant,
    recorded: Vec<Recorded>,
}

impl Log {
    pub(super) fn install() -> Arc<Self> {
        let log = Arc::new(Self(Mutex::new(Seen::new())));
        RECORDERS.fetch_add(1, Relaxed);
        OF_THREAD.with_borrow_mut(|logs| logs.add(&log));
        if let Some(world) = World::current() {
            world.with_logs(|logs| logs.add(&log));
        }
        log
    }

    pub(super) fn all(&self) -> Vec<Recorded> {
        self.seen().recorded.clone()
    }

    pub(super) fn clear(&self) {
        *self.seen() = Seen::new();
    }

    fn push(&self, operation: &'static str, what: String) {
        let mut seen = self.seen();
        let at = seen.start.elapsed();
        seen.recorded.push(Recorded { operation, at, what });
    }

    // A panic elsewhere leaves the list whole.
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        RECORDERS.fetch_sub(1, Relaxed);
    }
}

impl Seen {
    fn new() -> Self {
        Self {
            start: Instant::now(),
            recorded: Vec::new(),
        }
    }
}

/// Whether anyone records what happens on this thread.
#[inline]
pub(crate) fn is_recorded() -> bool {
    RECORDERS.load(Relaxed) > 0 && !listeners().is_empty()
}

/// Tells the recorders what a layer of `operation` did.
pub(crate) fn tell(operation: &'static str, event: &Event<'_>) {
    if RECORDERS.load(Relaxed) == 0 {
        return;
    }
    let listeners = listeners();
    if !listeners.is_empty()
        && let Some(what) = line::of(event)
    {
        for log in listeners {
            log.push(operation, what.clone());
        }
    }
}

#[cold]
fn listeners() -> Vec<Arc<Log>> {
    // A thread that ends has none any more.
    let of_thread = OF_THREAD.try_with(|logs| logs.borrow().alive().collect());
    let mut listeners: Vec<Arc<Log>> = of_thread.unwrap_or_default();
    if let Some(world) = World::current() {
        let of_world: Vec<_> = world.with_logs(|logs| logs.alive().collect());
        for log in of_world {
            if !listeners.iter().any(|known| Arc::ptr_eq(known, &log)) {
                listeners.push(log);
            }
        }
    }
    listeners
}
