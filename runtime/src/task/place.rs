//! Where a function is written, for what is told of it.

use crate::telemetry::{self, Event};

/// A function: its operation, and where it is.
#[doc(hidden)]
#[derive(Debug)]
pub struct Place {
    operation: &'static str,
    file: &'static str,
    line: u32,
}

impl Place {
    #[must_use]
    pub const fn new(operation: &'static str, file: &'static str, line: u32) -> Self {
        Self {
            operation,
            file,
            line,
        }
    }

    #[cold]
    pub(super) fn tell(&self, event: impl FnOnce(&'static str, u32) -> Event<'static>) {
        telemetry::tell(self.operation, event(self.file, self.line));
    }
}
