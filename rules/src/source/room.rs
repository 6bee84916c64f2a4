//! Room on the stack: trees are walked recursively, so a text that nests deeply is read on a thread of its own, and
//! one that nests absurdly is not read at all.

use std::cell::Cell;
use std::thread;

use super::scan::Scan;

/// What generated code stays far below; at this depth the stack below still holds, in debug builds too.
const MOST_DEPTH: usize = 400;
const MOST_RUN: usize = 24 * 1024;
const STACK: usize = 512 << 20;

/// The stack that a worker thread needs to read ordinary files without a thread for each.
#[cfg(feature = "walk")]
pub(crate) const WORKER_STACK: usize = 64 << 20;

thread_local! {
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Tells that this thread was started with [`WORKER_STACK`].
#[cfg(feature = "walk")]
pub(crate) fn has_room() {
    ROOMY.set(true);
}

/// Runs `f` where the stack is large enough for a text of that shape.
pub(crate) fn with_room<T: Send>(scan: &Scan, f: impl FnOnce() -> T + Send) -> Result<T, String> {
    if scan.depth > MOST_DEPTH {
        return Err(format!(
            "nests {} brackets deep, more than {MOST_DEPTH}",
            scan.depth
        ));
    }
    if scan.run > MOST_RUN {
        return Err(format!(
            "has one expression of {} characters, more than {MOST_RUN}",
            scan.run
        ));
    }
    let (depth, run) = if ROOMY.get() { (100, 3 * 1024) } else { (20, 1024) };
    if scan.depth <= depth && scan.run <= run {
        return Ok(f());
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("etiquette-rules".to_owned())
            .stack_size(STACK);
        match thread.spawn_scoped(scope, f) {
            Ok(handle) => handle
                .join()
                .map_err(|_| "the engine panicked: please report this file".to_owned()),
            Err(cause) => Err(format!(
                "needs a thread of its own, which could not be started: {cause}"
            )),
        }
    })
}
