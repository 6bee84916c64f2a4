//! `guard_across_await`: is this value a guard that blocks threads?

use super::Asked;

/// One trait for each family of guards: its name is part of what the compiler says, and so is its note.
macro_rules! guards {
    ($( $name:ident, $note:literal: $( [$($generics:tt)*] $guard:ty ),+; )*) => { $(
        pub trait $name {
            #[deprecated(note = $note)]
            fn guard_across_await(&self);
        }
        $(
            impl<$($generics)*> $name for &Asked<'_, $guard> {
                fn guard_across_await(&self) {}
            }
        )+
    )* };
}

guards! {
    StdGuard, "a guard of a lock of `std::sync` is alive across this `.await`: every other task that wants the lock blocks its thread
help: end its scope before awaiting, or copy what you need out of it":
        [T: ?Sized] std::sync::MutexGuard<'_, T>,
        [T: ?Sized] std::sync::RwLockReadGuard<'_, T>,
        [T: ?Sized] std::sync::RwLockWriteGuard<'_, T>;
    ParkingLotGuard, "a guard of a lock of `parking_lot` is alive across this `.await`: every other task that wants the lock blocks its thread
help: end its scope before awaiting, or copy what you need out of it":
        [R: lock_api::RawMutex, T: ?Sized] lock_api::MutexGuard<'_, R, T>,
        [R: lock_api::RawMutex, T: ?Sized] lock_api::MappedMutexGuard<'_, R, T>,
        [R: lock_api::RawMutex, G: lock_api::GetThreadId, T: ?Sized] lock_api::ReentrantMutexGuard<'_, R, G, T>,
        [R: lock_api::RawRwLock, T: ?Sized] lock_api::RwLockReadGuard<'_, R, T>,
        [R: lock_api::RawRwLock, T: ?Sized] lock_api::RwLockWriteGuard<'_, R, T>,
        [R: lock_api::RawRwLockUpgrade, T: ?Sized] lock_api::RwLockUpgradableReadGuard<'_, R, T>;
    RefCellGuard, "a borrow of a `RefCell` is alive across this `.await`: whoever borrows it meanwhile panics
help: end its scope before awaiting, or copy what you need out of it":
        [T: ?Sized] std::cell::Ref<'_, T>,
        [T: ?Sized] std::cell::RefMut<'_, T>;
    WatchGuard, "what a `watch` channel lent is alive across this `.await`: its sender blocks a thread until it is given back
help: clone the value, as in `let value = receiver.borrow().clone();`":
        [T] tokio::sync::watch::Ref<'_, T>;
}

#[cfg(feature = "tracing")]
guards! {
    EnteredSpan, "a span stays entered across this `.await`: whatever else the thread runs meanwhile is recorded in it
help: instrument the future instead: `#[instrument_task]`, or `future.instrument(span)`":
        [] tracing::span::Entered<'_>,
        [] tracing::span::EnteredSpan;
}

#[cfg(feature = "dashmap")]
guards! {
    DashMapGuard, "an entry of a `DashMap` is alive across this `.await`: it keeps a part of the map locked, and every other task that wants that part blocks its thread
help: end its scope before awaiting, or clone the value out of it":
        [K, V] dashmap::mapref::one::Ref<'_, K, V>,
        [K, V] dashmap::mapref::one::RefMut<'_, K, V>,
        [K, V, T] dashmap::mapref::one::MappedRef<'_, K, V, T>,
        [K, V, T] dashmap::mapref::one::MappedRefMut<'_, K, V, T>,
        [K, V] dashmap::mapref::multiple::RefMulti<'_, K, V>,
        [K, V] dashmap::mapref::multiple::RefMutMulti<'_, K, V>;
}

/// Everything else, and what only a generic function's caller knows.
pub trait NoGuard {
    fn guard_across_await(&self);
}

impl<T: ?Sized> NoGuard for Asked<'_, T> {
    fn guard_across_await(&self) {}
}
