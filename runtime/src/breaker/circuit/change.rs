//! From one state to another.

use std::sync::{PoisonError, atomic::Ordering::Release};

use super::{
    super::sync::MutexGuard,
    Circuit, Settings, Stamp, Window, slices,
    word::{Kind, Word},
};

/// What others may want to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// For so many nanoseconds.
    Opened(u64),
    HalfOpened,
    Closed,
}

/// How often the circuit has opened since it was last closed.
#[derive(Debug)]
pub(super) struct Openings(u32);

impl Openings {
    pub(super) const NONE: Self = Self(0);
}

impl Circuit {
    /// Opens it, if the state is still that of `stamp` and the word still `only`. `None` if not.
    #[cold]
    pub(super) fn open(
        &self,
        settings: &Settings,
        clock: impl Fn() -> u64,
        stamp: Stamp,
        only: Option<Word>,
    ) -> Option<Change> {
        let mut openings = self.lock();
        let open_for = settings.open_length(openings.0);
        let mut seen = self.failures.load();
        while seen.stamp() == stamp && only.is_none_or(|only| only == seen) {
            // Before anyone can find it open. Until then nobody looks at them.
            self.open_for.store(open_for, Release);
            self.until.store(clock().saturating_add(open_for), Release);
            match self.leave(settings, seen, seen.next(Kind::Open)) {
                Ok(()) => {
                    openings.0 = openings.0.saturating_add(1);
                    return Some(Change::Opened(open_for));
                }
                Err(changed) => seen = changed,
            }
        }
        None
    }

    /// It has been open since some other clock's now: make it this one's.
    #[cold]
    pub(super) fn open_anew(&self, seen: Word, now: u64) {
        let _openings = self.lock();
        if self.failures.load() == seen {
            let open_for = self.open_for.load(std::sync::atomic::Ordering::Acquire);
            self.until.store(now.saturating_add(open_for), Release);
        }
    }

    /// Closes it, if the word is still `seen`; if not, says what it is.
    pub(super) fn close(&self, settings: &Settings, seen: Word) -> Result<Change, Word> {
        let mut openings = self.lock();
        let now = self.failures.load();
        if now != seen {
            return Err(now);
        }
        self.empty(settings, seen);
        self.leave(settings, seen, seen.next(Kind::Closed))?;
        openings.0 = 0;
        Ok(Change::Closed)
    }

    /// Puts it into a state by hand. Whatever is running has begun in an earlier one.
    pub(crate) fn force(&self, settings: &Settings, kind: Kind) {
        let mut openings = self.lock();
        openings.0 = 0;
        let mut seen = self.failures.load();
        loop {
            if matches!(kind, Kind::Closed) {
                self.empty(settings, seen);
            }
            match self.leave(settings, seen, seen.next(kind)) {
                Ok(()) => return,
                Err(changed) => seen = changed,
            }
        }
    }

    /// Replaces the word by one of another state.
    fn leave(&self, settings: &Settings, seen: Word, wanted: Word) -> Result<(), Word> {
        if matches!(seen.kind(), Kind::Closed) {
            self.failures.settle(seen, size(settings))?;
        }
        self.failures.replace(seen, wanted)
    }

    /// Empties the windows, for the closed state that follows `seen`.
    fn empty(&self, settings: &Settings, seen: Word) {
        self.slow.empty_after(seen, size(settings));
        if let Window::Time { .. } = settings.window {
            slices::clear(self.failures.slices());
            slices::clear(self.slow.slices());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Openings> {
        // A panic cannot leave anything half changed, so one elsewhere is no reason to stop.
        self.openings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The size of a window that is a ring. One that is not has nothing to settle.
fn size(settings: &Settings) -> u32 {
    match settings.window {
        Window::Calls(size) => size,
        Window::Time { .. } => 1,
    }
}
