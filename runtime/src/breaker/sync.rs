//! The atomics that a circuit is made of. `tests/loom_breaker.rs` puts loom's in their place.

pub(super) use std::sync::{Mutex, MutexGuard, atomic::AtomicU64};

/// What is zero at first.
pub(super) const fn zeros<const N: usize>() -> [AtomicU64; N] {
    [const { AtomicU64::new(0) }; N]
}

/// A function that is `const` where its atomics are: loom's are not.
macro_rules! constructor {
    ($(#[$attribute:meta])* $vis:vis fn $($rest:tt)*) => {
        $(#[$attribute])*
        $vis const fn $($rest)*
    };
}

pub(super) use constructor;
