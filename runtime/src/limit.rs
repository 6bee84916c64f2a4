//! How long, and until when: the two ways to say when something ends, and what converts into them.

use std::time::Duration;

use tokio::time::Instant;

use crate::nanos::Nanos;

/// How long something may take; `Duration::MAX` and `None` mean for ever, and so does whatever
/// exceeds 584 years.
///
/// What every `with_timeout` takes, so that a limit read from a configuration need not be
/// unwrapped:
///
/// ```
/// use etiquette::Limit;
/// use std::time::Duration;
///
/// assert_eq!(Limit::from(None), Limit::NEVER);
/// assert_eq!(Limit::from(Duration::MAX), Limit::NEVER);
/// assert_eq!(Limit::from(Duration::from_secs(5)).duration(), Some(Duration::from_secs(5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(Nanos);

impl Limit {
    /// No limit: no timer is ever made for it.
    pub const NEVER: Self = Self(Nanos::MAX);

    /// The limit as a duration, or `None` when there is none.
    #[must_use]
    #[inline]
    pub const fn duration(self) -> Option<Duration> {
        self.0.below_max()
    }

    #[inline]
    pub(crate) const fn nanos(self) -> Nanos {
        self.0
    }
}

impl From<Duration> for Limit {
    #[inline]
    fn from(limit: Duration) -> Self {
        Self(Nanos::new(limit))
    }
}

impl From<Option<Duration>> for Limit {
    #[inline]
    fn from(limit: Option<Duration>) -> Self {
        limit.map_or(Self::NEVER, Self::from)
    }
}

/// The instant something must be done by; `None` means never.
///
/// Built from Tokio's or the standard library's `Instant`, or an `Option` of either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// No deadline: no timer is ever made for it.
    pub const NEVER: Self = Self(None);

    /// The deadline as an instant of Tokio's clock, or `None` when there is none.
    #[must_use]
    #[inline]
    pub const fn instant(self) -> Option<Instant> {
        self.0
    }
}

impl From<Instant> for Deadline {
    #[inline]
    fn from(at: Instant) -> Self {
        Self(Some(at))
    }
}

impl From<Option<Instant>> for Deadline {
    #[inline]
    fn from(at: Option<Instant>) -> Self {
        Self(at)
    }
}

impl From<std::time::Instant> for Deadline {
    #[inline]
    fn from(at: std::time::Instant) -> Self {
        Self(Some(Instant::from_std(at)))
    }
}

impl From<Option<std::time::Instant>> for Deadline {
    #[inline]
    fn from(at: Option<std::time::Instant>) -> Self {
        Self(at.map(Instant::from_std))
    }
}

/// What an attribute takes as a limit. Separate from `Into<Limit>` only for the words a wrong type
/// is answered with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a limit",
    label = "expected a `Duration` or an `Option<Duration>`",
    note = "a limit is a `Duration` or an `Option<Duration>`; `None` means no limit",
    note = "a literal carries its unit: `5s`, `250ms`, `1m30s`"
)]
pub trait IntoLimit {
    fn into_limit(self) -> Limit;
}

/// What `until =` takes. Separate from `Into<Deadline>` for the same reason.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a deadline",
    label = "expected an `Instant` or an `Option<Instant>`",
    note = "a deadline is an `Instant` of `tokio::time` or `std::time`, or an `Option` of one",
    note = "for a `Duration` leave out `until =`"
)]
pub trait IntoDeadline {
    fn into_deadline(self) -> Deadline;
}

macro_rules! arguments {
    ($($trait:ident::$method:ident -> $out:ident: $($from:ty),*;)*) => {$($(
        // The label says them all.
        #[diagnostic::do_not_recommend]
        impl $trait for $from {
            #[inline]
            fn $method(self) -> $out {
                self.into()
            }
        }
    )*)*};
}

arguments! {
    IntoLimit::into_limit -> Limit: Limit, Duration, Option<Duration>;
    IntoDeadline::into_deadline -> Deadline:
        Deadline, Instant, Option<Instant>, std::time::Instant, Option<std::time::Instant>;
}

#[doc(hidden)]
#[inline]
pub fn limit<L: IntoLimit>(limit: L) -> Limit {
    limit.into_limit()
}

#[doc(hidden)]
#[inline]
pub fn deadline<D: IntoDeadline>(deadline: D) -> Deadline {
    deadline.into_deadline()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn max_and_none_are_no_limit() {
        assert_eq!(limit(Duration::MAX), Limit::NEVER);
        assert_eq!(limit(Some(Duration::MAX)), Limit::NEVER);
        assert_eq!(limit(None::<Duration>), Limit::NEVER);
        assert_eq!(limit(Duration::ZERO).duration(), Some(Duration::ZERO));
    }

    #[test]
    fn both_clocks_give_the_same_deadline() {
        let now = Instant::now();
        assert_eq!(deadline(now), deadline(Some(now.into_std())));
        assert_eq!(deadline(None::<Instant>), Deadline::NEVER);
    }
}
