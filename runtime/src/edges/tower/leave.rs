//! Whoever drops a request before it is done asks everything in its scope to leave.

use crate::{Reason, Scope};

const GONE: &str = "the client went away";

/// The scope of a request that is not done.
#[derive(Debug)]
pub(super) struct Leave {
    scope: Scope,
    is_done: bool,
}

impl Leave {
    pub(super) const fn new(scope: Scope) -> Self {
        Self {
            scope,
            is_done: false,
        }
    }

    /// Of a body that was never in a scope.
    pub(super) const fn done() -> Self {
        Self {
            scope: Scope::OPEN,
            is_done: true,
        }
    }

    pub(super) const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// All was said: from here on nobody has left.
    pub(super) const fn set_done(&mut self) {
        self.is_done = true;
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        if !self.is_done {
            // A server may have dropped it at the deadline by itself.
            self.scope
                .cancel(self.scope.reason().unwrap_or(Reason::from(GONE)));
        }
    }
}
