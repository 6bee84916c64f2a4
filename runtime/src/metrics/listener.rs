//! Who listens: nobody, the recorder of the process, or one that was installed for this thread.
//!
//! The facade hands out a recorder and does not say which it is; but only that of the process stays for good, so only
//! its handles may be kept. It is told from the others by its address: the one that a new thread, which has none of its
//! own, is handed. Such a thread is asked at most twice in the life of a process, before and after the recorder is
//! installed, and once for each local recorder that is seen before that.

use std::{
    cell::Cell,
    ptr,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
};

use metrics::{Recorder, with_recorder};

/// Who listens on this thread.
#[derive(Clone, Copy)]
pub(super) enum Listener<'a> {
    Nobody,
    /// For good.
    Global(&'a dyn Recorder),
    /// For a moment.
    Local(&'a dyn Recorder),
}

/// Where the recorder of the process is, and the one that stands for none. 0: not seen yet.
static GLOBAL: AtomicUsize = AtomicUsize::new(0);
static NOBODY: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// A recorder of this thread's.
    static LOCAL: Cell<usize> = const { Cell::new(0) };
}

#[inline]
pub(super) fn with_listener<T>(tell: impl FnOnce(Listener<'_>) -> T) -> T {
    with_recorder(|recorder| tell(who(recorder)))
}

/// Whether anybody listens.
#[inline]
pub(crate) fn is_counted() -> bool {
    with_listener(|listener| !matches!(listener, Listener::Nobody))
}

#[inline]
fn who(recorder: &dyn Recorder) -> Listener<'_> {
    let address = ptr::from_ref(recorder).addr();
    if address == GLOBAL.load(Relaxed) {
        Listener::Global(recorder)
    } else if address == NOBODY.load(Relaxed) {
        Listener::Nobody
    } else {
        not_seen_yet(recorder, address)
    }
}

#[cold]
fn not_seen_yet(recorder: &dyn Recorder, address: usize) -> Listener<'_> {
    if LOCAL.get() == address {
        return Listener::Local(recorder);
    }
    if GLOBAL.load(Relaxed) == 0 {
        look();
        if address == GLOBAL.load(Relaxed) {
            return Listener::Global(recorder);
        }
        if address == NOBODY.load(Relaxed) {
            return Listener::Nobody;
        }
    }
    LOCAL.set(address);
    Listener::Local(recorder)
}

/// Looks at what a thread without a recorder of its own is handed.
fn look() {
    let seen = || {
        with_recorder(|recorder| {
            (
                ptr::from_ref(recorder).addr(),
                size_of_val(recorder),
                align_of_val(recorder),
            )
        })
    };
    let Ok(Ok((address, size, align))) = thread::Builder::new().spawn(seen).map(thread::JoinHandle::join)
    else {
        return;
    };
    match size {
        // The one that stands for none is a static without a size. What was installed has been in a box, where all
        // that have no size have the same address: handles of those are not kept.
        0 if address != align => NOBODY.store(address, Relaxed),
        0 => {}
        _ => GLOBAL.store(address, Relaxed),
    }
}
