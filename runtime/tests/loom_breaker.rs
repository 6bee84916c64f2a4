//! Every way in which the steps of a few calls can interleave, tried by loom: no result is lost,
//! none is counted in a state it did not begin in, and no more probes run than may.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p etiquette --test loom_breaker --release`
//!
//! The circuit is compiled here a second time, with loom's atomics in place of the real ones: in
//! the crate itself it has to be `const`, which those cannot be.

#![cfg(loom)]
#![allow(dead_code, unreachable_pub, reason = "the crate uses what these tests do not")]
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "loom_breaker/cases.rs"]
mod cases;
#[path = "../src/breaker/circuit/mod.rs"]
mod circuit;
#[path = "../src/count.rs"]
mod count;
#[path = "../src/breaker/settings.rs"]
mod settings;
#[path = "../src/breaker/window.rs"]
mod window;

/// Loom's, under the names that the circuit knows.
mod sync {
    pub(super) use loom::sync::{Mutex, MutexGuard, atomic::AtomicU64};

    pub(super) fn zeros<const N: usize>() -> [AtomicU64; N] {
        std::array::from_fn(|_| AtomicU64::new(0))
    }

    macro_rules! constructor {
        ($($function:tt)*) => {
            $($function)*
        };
    }

    pub(super) use constructor;
}
