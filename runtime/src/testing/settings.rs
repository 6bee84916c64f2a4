//! What a test sets for the layers, as long as a guard is kept: for the test that the thread belongs to, or for the thread
//! alone where it belongs to none.

use std::{
    cell::RefCell,
    fmt,
    marker::PhantomData,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
};

use super::{World, faults::Fault, jitter::Chance};

/// How many settings there are in the process: as long as there is none, asking is one load.
static SET: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static OF_THREAD: RefCell<Settings> = const { RefCell::new(Settings(Vec::new())) };
}

/// In the order in which they were made: the latest of a kind holds.
#[derive(Debug, Default)]
pub(crate) struct Settings(Vec<(u64, Setting)>);

impl Settings {
    fn take(&mut self, number: u64) -> Option<Setting> {
        let at = self.0.iter().position(|(other, _)| *other == number)?;
        Some(self.0.remove(at).1)
    }
}

/// One thing that is set.
#[derive(Clone, Debug)]
pub(super) enum Setting {
    NoDelays,
    CapAttempts(u32),
    Chance(Chance),
    Fault(Arc<Fault>),
}

/// What `pick` finds among the settings that hold here, in the order in which they were made.
pub(super) fn found<T>(pick: impl Fn(&Setting) -> Option<T>) -> Vec<T> {
    if SET.load(Relaxed) == 0 {
        return Vec::new();
    }
    picked(&pick)
}

#[cold]
fn picked<T>(pick: &impl Fn(&Setting) -> Option<T>) -> Vec<T> {
    let of = |settings: &Settings| -> Vec<(u64, T)> {
        let settings = settings.0.iter();
        settings
            .filter_map(|(number, setting)| Some((*number, pick(setting)?)))
            .collect()
    };
    // A thread that ends has none any more.
    let mut found = OF_THREAD
        .try_with(|settings| of(&settings.borrow()))
        .unwrap_or_default();
    if let Some(world) = World::current() {
        found.extend(world.with_settings(|settings| of(settings)));
    }
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, setting)| setting).collect()
}

/// Sets it until the guard is dropped.
pub(super) fn set(setting: Setting) -> Override {
    static NUMBERS: AtomicU64 = AtomicU64::new(0);
    let number = NUMBERS.fetch_add(1, Relaxed);
    let world = World::current();
    SET.fetch_add(1, Relaxed);
    match &world {
        Some(world) => world.with_settings(|settings| settings.0.push((number, setting))),
        None => OF_THREAD.with_borrow_mut(|settings| settings.0.push((number, setting))),
    }
    Override {
        number,
        world,
        not_send: PhantomData,
    }
}

/// What a test has set for the layers, as long as this is kept: on all threads of its
/// [`#[etiquette::test]`](macro@crate::test), or on this thread where there is none. Dropping it, also in a panic, takes it
/// back; what was set before it holds again.
///
/// ```
/// use etiquette::testing;
///
/// let three = testing::cap_attempts(3);
/// {
///     let _one = testing::cap_attempts(1); // here it is 1
/// }
/// drop(three); // up to here it was 3
/// ```
#[must_use = "it holds as long as this is kept"]
pub struct Override {
    number: u64,
    // None: it was set for the thread.
    world: Option<Arc<World>>,
    // It is about this thread.
    not_send: PhantomData<*const ()>,
}

impl Drop for Override {
    fn drop(&mut self) {
        let number = self.number;
        // What it holds may be the user's, whose `drop` may ask for settings: it is dropped when nothing is locked.
        let taken = match &self.world {
            Some(world) => world.with_settings(|settings| settings.take(number)),
            // A thread that ends has none any more.
            None => OF_THREAD
                .try_with(|settings| settings.borrow_mut().take(number))
                .ok()
                .flatten(),
        };
        SET.fetch_sub(1, Relaxed);
        drop(taken);
    }
}

impl fmt::Debug for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Override")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
