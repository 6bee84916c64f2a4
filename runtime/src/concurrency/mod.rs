//! The layer that does not crowd: at most so many calls at once, the others in line.

mod acquire;
mod debt;
mod keyed;
mod run;
mod slot;

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering::Relaxed, fence},
};

use tokio::sync::Semaphore;

pub(crate) use self::slot::Slots;
use self::{
    acquire::in_line,
    debt::{Debt, Free},
    slot::Home,
};
pub use self::{
    acquire::{acquire, acquire_queued},
    keyed::{KeyedConcurrencyLimit, KeyedSlots},
    slot::{Slot, counted_slots, slots},
};
use crate::wait::Wait;

/// At most so many calls at once; the others wait in line, first come first served.
///
/// What `#[concurrency_limit(16)]` uses. A static of your own shares one between functions, can be
/// read, and can be changed while it is in use:
///
/// ```
/// use etiquette::ConcurrencyLimit;
///
/// static DATABASE: ConcurrencyLimit = ConcurrencyLimit::new(16);
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let slot = DATABASE.acquire().await;
/// assert_eq!((DATABASE.available(), DATABASE.in_use()), (15, 1));
/// drop(slot);
/// DATABASE.set(4);
/// assert_eq!(DATABASE.available(), 4);
/// # }
/// ```
///
/// A call that stops waiting leaves the line, and those behind it move up.
#[derive(Debug)]
pub struct ConcurrencyLimit {
    semaphore: Semaphore,
    limit: AtomicUsize,
    debt: Debt,
    waiting: AtomicUsize,
    // Held while the limit is changed.
    changing: Mutex<()>,
}

impl ConcurrencyLimit {
    /// The largest limit: more is cut to it.
    pub const MAX: usize = Semaphore::MAX_PERMITS;

    /// At most `limit` calls at once; 0 counts as 1.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        let limit = clamped(limit);
        Self {
            semaphore: Semaphore::const_new(limit),
            limit: AtomicUsize::new(limit),
            debt: Debt(AtomicUsize::new(0)),
            waiting: AtomicUsize::new(0),
            changing: Mutex::new(()),
        }
    }

    /// Waits for a slot, which is free again when it is dropped.
    ///
    /// There is no limit to the wait but what is put around it, such as
    /// [`with_timeout`](crate::Limits::with_timeout). Dropped before it is done, it has taken nothing.
    pub async fn acquire(&self) -> Slot<'_> {
        let home = Home::Ours(self);
        loop {
            if let Some(slot) = home.try_acquire() {
                return slot;
            }
            // It is never closed, so this wait never ends without a slot.
            if let Ok(slot) = Box::pin(in_line(home, Wait::forever(), usize::MAX)).await {
                return slot;
            }
        }
    }

    /// A slot, if one is free and nobody waits for it.
    #[must_use]
    pub fn try_acquire(&self) -> Option<Slot<'_>> {
        Home::Ours(self).try_acquire()
    }

    /// How many calls may run at once.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit.load(Relaxed)
    }

    /// How many more calls could start now.
    #[must_use]
    pub fn available(&self) -> usize {
        self.semaphore.available_permits()
    }

    /// How many slots are taken. More than the limit, for a while, after that was lowered.
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.slots().saturating_sub(self.available())
    }

    /// How many slots there are, taken or not.
    fn slots(&self) -> usize {
        self.limit().saturating_add(self.debt.get())
    }

    /// How many calls wait for a slot.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Relaxed)
    }

    /// Changes how many calls may run at once; 0 counts as 1.
    ///
    /// A higher limit lets in those who wait. A lower one stops nobody: calls that run keep their
    /// slots, and no other gets one until there are few enough.
    pub fn set(&self, limit: usize) {
        let limit = clamped(limit);
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.limit.swap(limit, Relaxed);
        if limit >= before {
            self.debt.raise(limit - before, &self.semaphore);
        } else {
            self.debt.lower(before - limit, &self.semaphore);
        }
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for ConcurrencyLimit {
    fn fresh(&self) -> Self {
        Self::new(self.limit())
    }
}

impl Free for Semaphore {
    #[inline]
    fn add(&self, slots: usize) {
        self.add_permits(slots);
    }

    fn take_away(&self, slots: usize) -> usize {
        self.forget_permits(slots)
    }
}

const fn clamped(limit: usize) -> usize {
    match limit {
        0 => 1,
        limit if limit > ConcurrencyLimit::MAX => ConcurrencyLimit::MAX,
        limit => limit,
    }
}

#[cfg(test)]
mod tests;
