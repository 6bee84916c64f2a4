//! What a layer above a retry knows of it: how many attempts were begun, and how the last one
//! failed.

use crate::{
    retry::Retry,
    telemetry::{self, Event},
};

/// How the last attempt failed, as text, where someone would read it.
// In a box of its own, since most futures that have the place for it never fill it.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct LastError(Option<Box<Box<str>>>);

impl LastError {
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self(None)
    }

    /// An attempt failed like this, and another is to follow.
    #[inline]
    pub fn failed(&mut self, error: Option<Box<str>>) {
        if let Some(error) = error {
            self.0 = Some(Box::new(error));
        }
    }

    /// Logs the last real error, which a total limit would otherwise hide.
    #[cold]
    pub fn report(&self, operation: &'static str, attempts: u32) {
        if let Some(error) = &self.0 {
            telemetry::tell(operation, Event::CutShort { attempts, error });
        }
    }
}

#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Progress {
    attempts: u32,
    last: LastError,
}

impl Progress {
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self {
            attempts: 0,
            last: LastError::new(),
        }
    }

    /// An attempt begins.
    #[inline]
    pub fn begin<P, B, C>(&mut self, retry: &Retry<P, B, C>) {
        self.attempts = retry.number();
    }

    /// An attempt failed like this, and another is to follow.
    #[inline]
    pub fn failed(&mut self, error: Option<Box<str>>) {
        self.last.failed(error);
    }

    /// How many attempts were begun.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Logs the last real error.
    #[cold]
    pub fn report(&self, operation: &'static str) {
        self.last.report(operation, self.attempts);
    }
}
