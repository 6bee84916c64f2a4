//! How long a call may wait for its turn: `wait = D | forever | none`.

use std::time::Duration;

use crate::{Limit, limit::IntoLimit};

/// How long a call may wait for its turn.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    limit: Limit,
    operation: &'static str,
}

impl Wait {
    /// Not at all: there is a turn now, or the call is refused.
    #[must_use]
    #[inline]
    pub fn none() -> Self {
        Self::at_most(Duration::ZERO)
    }

    #[must_use]
    #[inline]
    pub const fn forever() -> Self {
        Self {
            limit: Limit::NEVER,
            operation: "",
        }
    }

    /// Up to a limit, of which a zero is [`none`](Self::none) and a `None` [`forever`](Self::forever).
    #[must_use]
    #[inline]
    pub fn at_most(limit: impl IntoLimit) -> Self {
        Self {
            limit: limit.into_limit(),
            operation: "",
        }
    }

    /// Who waits, for what is logged of it.
    #[must_use]
    #[inline]
    pub const fn of(mut self, operation: &'static str) -> Self {
        self.operation = operation;
        self
    }

    #[inline]
    pub(crate) const fn operation(self) -> &'static str {
        self.operation
    }

    #[inline]
    pub(crate) const fn limit(self) -> Limit {
        self.limit
    }

    /// Whether a wait of this long is one that is worth beginning.
    #[inline]
    pub(crate) fn fits(self, wait: Duration) -> bool {
        self.limit.duration().is_none_or(|limit| wait <= limit)
    }

    #[inline]
    pub(crate) fn is_none(self) -> bool {
        self.limit == Limit::from(Duration::ZERO)
    }
}
