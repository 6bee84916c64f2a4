//! A slot: room for one of the calls that run, and where it comes from.

use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;

use super::ConcurrencyLimit;

/// Room for one of the calls that may run at once. Dropping it makes room for the next.
#[derive(Debug)]
#[must_use = "the slot is free again as soon as this is dropped"]
pub struct Slot<'a> {
    // None: limits are switched off, and there was none free.
    home: Option<Home<'a>>,
}

impl<'a> Slot<'a> {
    #[inline]
    pub(super) const fn home(&self) -> Option<Home<'a>> {
        self.home
    }

    /// None at all, for who runs without one.
    pub(super) const NONE: Self = Self { home: None };
}

impl Drop for Slot<'_> {
    #[inline]
    fn drop(&mut self) {
        match self.home {
            Some(Home::Ours(limit)) => limit.debt.release(&limit.semaphore),
            Some(Home::Tokios(semaphore)) => semaphore.add_permits(1),
            None => {}
        }
    }
}

impl Slot<'_> {
    /// Keeps the slot taken without this. Whoever calls it gives it back, through [`Home::slot`].
    pub(crate) fn forget(self) {
        std::mem::forget(self);
    }
}

/// Where slots come from, and go back to.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Home<'a> {
    Ours(&'a ConcurrencyLimit),
    Tokios(&'a Semaphore),
}

impl<'a> Home<'a> {
    #[inline]
    pub(super) const fn semaphore(self) -> &'a Semaphore {
        match self {
            Self::Ours(limit) => &limit.semaphore,
            Self::Tokios(semaphore) => semaphore,
        }
    }

    pub(super) const fn limit(self) -> Option<&'a ConcurrencyLimit> {
        match self {
            Self::Ours(limit) => Some(limit),
            Self::Tokios(_) => None,
        }
    }

    /// Tokio's semaphore gives to those in line what comes back: there is nothing to be had past them.
    #[inline]
    pub(super) fn try_acquire(self) -> Option<Slot<'a>> {
        let permit = self.semaphore().try_acquire().ok()?;
        permit.forget();
        Some(Slot { home: Some(self) })
    }

    /// For who waited for a permit, and has it.
    #[inline]
    pub(crate) const fn slot(self) -> Slot<'a> {
        Slot { home: Some(self) }
    }
}

/// What `#[concurrency_limit]` takes slots from.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a concurrency limit",
    label = "expected a `ConcurrencyLimit` or a `Semaphore`",
    note = "a concurrency limit is an `etiquette::ConcurrencyLimit` or a `tokio::sync::Semaphore`, or an `Arc` of one",
    note = "(a `KeyedConcurrencyLimit` needs to know for which key: `key = …`)"
)]
pub trait Slots: Sync {
    fn home(&self) -> Home<'_>;
}

/// One that knows how many wait, for `queue = N`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`queue = …` needs an `etiquette::ConcurrencyLimit`, not `{Self}`",
    label = "this does not know how many wait for it",
    note = "make it an `etiquette::ConcurrencyLimit`, or leave out `queue`"
)]
pub trait Counted: Slots {}

/// `semaphore = EXPR`, looked at once, so that there is one error where it is something else.
#[doc(hidden)]
#[inline]
pub fn slots<S: Slots + ?Sized>(slots: &S) -> Home<'_> {
    slots.home()
}

/// The same with `queue = N`.
#[doc(hidden)]
#[inline]
pub fn counted_slots<S: Counted + ?Sized>(slots: &S) -> Home<'_> {
    slots.home()
}

#[diagnostic::do_not_recommend]
impl Slots for Home<'_> {
    #[inline]
    fn home(&self) -> Home<'_> {
        *self
    }
}

#[diagnostic::do_not_recommend]
impl Counted for Home<'_> {}

impl Slots for ConcurrencyLimit {
    #[inline]
    fn home(&self) -> Home<'_> {
        Home::Ours(self)
    }
}

impl Counted for ConcurrencyLimit {}

impl Slots for Semaphore {
    #[inline]
    fn home(&self) -> Home<'_> {
        Home::Tokios(self)
    }
}

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        // The label says what is meant.
        #[diagnostic::do_not_recommend]
        impl<T: Slots + ?Sized> Slots for $pointer
        where
            Self: Sync,
        {
            #[inline]
            fn home(&self) -> Home<'_> {
                T::home(self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Counted + ?Sized> Counted for $pointer where Self: Sync {}
    )*};
}

pointers!(&T, Arc<T>, Box<T>);

#[diagnostic::do_not_recommend]
impl<T: Slots, F> Slots for LazyLock<T, F>
where
    F: FnOnce() -> T,
    Self: Sync,
{
    fn home(&self) -> Home<'_> {
        T::home(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Counted, F> Counted for LazyLock<T, F>
where
    F: FnOnce() -> T,
    Self: Sync,
{
}
