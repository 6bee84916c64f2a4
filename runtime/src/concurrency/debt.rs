//! What a limit that was lowered still owes: slots in use, or free, that are to disappear.

// `super`, so that a model checker can put its own in place.
use super::{AtomicUsize, fence};
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The free slots. Both change them in one step, and look at them in that very step.
pub(super) trait Free {
    fn add(&self, slots: usize);

    /// Takes away up to so many; how many that were.
    fn take_away(&self, slots: usize) -> usize;
}

/// How many more slots there are than the limit allows.
#[derive(Debug)]
pub(super) struct Debt(pub(super) AtomicUsize);

impl Debt {
    pub(super) fn get(&self) -> usize {
        self.0.load(Relaxed)
    }

    #[inline]
    pub(super) fn is_owed(&self) -> bool {
        self.0.load(Relaxed) != 0
    }

    /// A slot comes back: it is free, unless it is one too many.
    #[inline]
    pub(super) fn release(&self, free: &impl Free) {
        if self.is_owed() && self.forgive(1) == 1 {
            return;
        }
        free.add(1);
        self.look_again(free);
    }

    /// After a slot was added to the free ones: a limit that was lowered at that very time has either
    /// found it there, or is found here.
    #[inline]
    pub(super) fn look_again(&self, free: &impl Free) {
        fence(Acquire);
        if self.is_owed() {
            self.settle(free);
        }
    }

    /// So many slots fewer.
    pub(super) fn lower(&self, slots: usize, free: &impl Free) {
        self.0.fetch_add(slots, Release);
        self.settle(free);
    }

    /// So many slots more.
    pub(super) fn raise(&self, slots: usize, free: &impl Free) {
        let forgiven = self.forgive(slots);
        free.add(slots - forgiven);
    }

    /// Takes up to `slots` off the debt; how many that were.
    #[cold]
    fn forgive(&self, slots: usize) -> usize {
        let less = |debt: usize| Some(debt.saturating_sub(slots));
        match self.0.fetch_update(Relaxed, Relaxed, less) {
            Ok(debt) | Err(debt) => debt.min(slots),
        }
    }

    /// Pays, as far as there are free slots.
    #[cold]
    fn settle(&self, free: &impl Free) {
        loop {
            match self.get() {
                0 => return,
                debt => match free.take_away(debt) {
                    0 => return,
                    paid => match paid - self.forgive(paid) {
                        0 => {}
                        // Others paid in the meantime.
                        too_many => free.add(too_many),
                    },
                },
            }
        }
    }
}
