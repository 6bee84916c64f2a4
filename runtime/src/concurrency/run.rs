//! What runs in a slot. Debug builds know whose slots a call is running in, and so notice one that waits
//! for itself.

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use super::{
    ConcurrencyLimit,
    slot::{Home, Slot},
};

impl<'a> Slot<'a> {
    /// What runs in this slot, which is free again when that is dropped.
    #[doc(hidden)]
    #[inline]
    pub const fn run<F: Future>(self, below: F) -> Run<'a, F> {
        Run { below, slot: self }
    }
}

pin_project! {
    /// See [`Slot::run`].
    #[doc(hidden)]
    pub struct Run<'a, F> {
        // Declared first: it is gone before the next may begin.
        #[pin]
        below: F,
        slot: Slot<'a>,
    }
}

impl<F: Future> Future for Run<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _inside = this
            .slot
            .home()
            .filter(|_| cfg!(debug_assertions))
            .map(Inside::enter);
        this.below.poll(cx)
    }
}

thread_local! {
    /// The limits in whose slots what this thread polls now is running, by their addresses.
    static INSIDE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// As long as what runs in a slot is polled.
struct Inside;

impl Inside {
    fn enter(home: Home<'_>) -> Self {
        INSIDE.with_borrow_mut(|inside| inside.push(address(home)));
        Self
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.with_borrow_mut(|inside| inside.pop());
    }
}

fn address(home: Home<'_>) -> usize {
    match home {
        Home::Ours(limit) => std::ptr::from_ref(limit).addr(),
        Home::Tokios(semaphore) => std::ptr::from_ref(semaphore).addr(),
    }
}

/// Panics where only the callers of this call could give it a slot, and they wait for it.
#[cold]
pub(super) fn check_reentry(limit: &ConcurrencyLimit) {
    let this = address(Home::Ours(limit));
    let held = INSIDE.with_borrow(|inside| inside.iter().filter(|held| **held == this).count());
    // Of all slots, not of those in use: one that was given back since this call looked is there to be had.
    assert!(
        held == 0 || held < limit.slots(),
        "a call can never start: it waits for a slot of a `#[concurrency_limit]` inside of the calls that hold them all"
    );
}
