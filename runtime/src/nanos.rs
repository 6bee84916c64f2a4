//! Durations in one word. A `Duration` takes two, and what the layers keep lives in the user's future.

use std::time::Duration;

/// A duration of at most 584 years; anything longer is [`Nanos::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nanos(u64);

impl Nanos {
    pub(crate) const ZERO: Self = Self(0);
    pub(crate) const MAX: Self = Self(u64::MAX);

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "the branch rules it out")]
    pub(crate) const fn new(duration: Duration) -> Self {
        let nanos = duration.as_nanos();
        if nanos < u64::MAX as u128 {
            Self(nanos as u64)
        } else {
            Self::MAX
        }
    }

    /// `None` for `MAX`: no limit.
    #[inline]
    pub(crate) const fn below_max(self) -> Option<Duration> {
        match self {
            Self::MAX => None,
            Self(nanos) => Some(Duration::from_nanos(nanos)),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "exact up to 104 days")]
    pub(crate) const fn as_f64(self) -> f64 {
        self.0 as f64
    }

    /// Saturates: below zero and "not a number" are nothing, infinity is `MAX`.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "this cast saturates"
    )]
    pub(crate) const fn from_f64(nanos: f64) -> Self {
        Self(nanos as u64)
    }
}

impl From<Nanos> for Duration {
    #[inline]
    fn from(nanos: Nanos) -> Self {
        nanos.below_max().unwrap_or(Self::MAX)
    }
}
