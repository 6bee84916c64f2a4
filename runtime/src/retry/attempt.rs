//! What user code sees of a retry.

use std::time::Duration;

use crate::{TimedOut, TimeoutKind, timeout::Elapsed};

/// What the body of a retried function sees with `#[retry(attempt = NAME)]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// Which attempt this is, from 1.
    pub number: u32,
    /// How many there may be; `None` for `attempts = forever`.
    pub of: Option<u32>,
    /// Whether no further attempt will be made, however this one ends.
    pub is_last: bool,
    /// The time since the call began.
    pub elapsed: Duration,
}

/// What `on_retry` sees, before the pause.
#[derive(Debug)]
#[non_exhaustive]
pub struct Retrying<'a, E: ?Sized> {
    /// The full name of what is retried.
    pub operation: &'static str,
    /// Which attempt failed, from 1.
    pub attempt: u32,
    /// How many there may be; `None` for `attempts = forever`.
    pub of: Option<u32>,
    /// The pause before the next attempt.
    pub delay: Duration,
    /// The time since the call began.
    pub elapsed: Duration,
    /// The error the attempt failed with; with `when_result`, the whole return value.
    pub error: &'a E,
}

/// The end of a whole call, which its total limit cut.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    pub(super) stop: Elapsed,
    pub(super) attempts: u32,
}

impl Cut {
    /// How many attempts were begun.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    #[cold]
    pub fn of(self, operation: &'static str) -> TimedOut {
        self.stop.of(operation, TimeoutKind::Total, self.attempts)
    }
}

/// How many runs of the body there may be.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts(pub(super) u32);

impl Attempts {
    /// As many as it takes. No count: 0 attempts were never asked for.
    pub const FOREVER: Self = Self(0);

    /// At least one.
    pub(super) const fn new(count: u32) -> Self {
        Self(if count == 0 { 1 } else { count })
    }

    #[inline]
    pub(super) const fn of(self) -> Option<u32> {
        match self {
            Self::FOREVER => None,
            Self(count) => Some(count),
        }
    }

    /// As many, and no more than `cap`.
    #[cfg(feature = "test-util")]
    pub(super) fn at_most(self, cap: Option<u32>) -> Self {
        match (self.of(), cap) {
            (_, None) => self,
            (None, Some(cap)) => Self::new(cap),
            (Some(of), Some(cap)) => Self::new(of.min(cap)),
        }
    }

    #[inline]
    pub(super) const fn is_last(self, number: u32) -> bool {
        matches!(self.of(), Some(of) if number >= of)
    }
}

/// What `attempts =` takes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a count",
    label = "expected an integer",
    note = "`attempts` counts all runs of the body, the first one too"
)]
pub trait Count {
    fn count(self) -> u32;
}

macro_rules! counts {
    ($($int:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Count for $int {
            #[inline]
            fn count(self) -> u32 {
                // What is too large for a `u32` is as good as the largest one; what is negative
                // counts as nothing.
                u32::try_from(self).unwrap_or(if self > 0 { u32::MAX } else { 0 })
            }
        }
    )*};
}

counts!(u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

#[diagnostic::do_not_recommend]
impl Count for u8 {
    #[inline]
    fn count(self) -> u32 {
        self.into()
    }
}

/// `attempts = N`. A run-time 0 means 1: the body always runs.
#[doc(hidden)]
#[inline]
pub fn attempts<C: Count>(count: C) -> Attempts {
    Attempts::new(count.count())
}
