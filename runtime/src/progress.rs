//! What a layer above a retry knows of it: how many attempts were begun, and how the last one
//! failed.

use crate::{event, retry::Retry};

#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Progress {
    attempts: u32,
    last: Option<String>,
}

impl Progress {
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self {
            attempts: 0,
            last: None,
        }
    }

    /// An attempt begins.
    #[inline]
    pub fn begin<S, B, C>(&mut self, retry: &Retry<S, B, C>) {
        self.attempts = retry.number();
    }

    /// An attempt failed like this, and another is to follow.
    #[cold]
    pub fn failed(&mut self, error: Option<String>) {
        if error.is_some() {
            self.last = error;
        }
    }

    /// How many attempts were begun.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Logs the last real error, which a total limit would otherwise hide.
    #[cold]
    pub fn report(&self, operation: &'static str) {
        if let Some(error) = &self.last {
            event::cut_short(operation, self.attempts, error);
        }
    }
}
