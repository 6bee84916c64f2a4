//! What a layer reports that turned the call away before the body ran.

use std::{error::Error, fmt, time::Duration};

use super::name::short;

macro_rules! refusals {
    ($($(#[$docs:meta])* $name:ident: $says:literal;)*) => {$(
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            /// The full name of what was refused.
            pub operation: &'static str,
            /// How long to wait before it is worth another try, where that is known.
            pub retry_after: Option<Duration>,
        }

        impl $name {
            /// A refusal; for tests, and for layers of your own.
            #[must_use]
            pub fn new(
                operation: &'static str,
                retry_after: impl Into<Option<Duration>>,
            ) -> Self {
                Self { operation, retry_after: retry_after.into() }
            }

            /// How long to wait before it is worth another try, where that is known.
            #[must_use]
            pub const fn retry_after(&self) -> Option<Duration> {
                self.retry_after
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} was refused: ", $says), short(self.operation))?;
                match self.retry_after {
                    Some(wait) => write!(f, ", retry after {wait:?}"),
                    None => Ok(()),
                }
            }
        }

        impl Error for $name {}
    )*};
}

refusals! {
    /// A circuit breaker is open. Prints like `fetch_user was refused: circuit open, retry after 3s`.
    CircuitOpen: "circuit open";
    /// A concurrency limit is full. Prints like `fetch_user was refused: at capacity`.
    AtCapacity: "at capacity";
    /// A rate limit is used up. Prints like `fetch_user was refused: rate limit reached, retry after 1s`.
    RateLimited: "rate limit reached";
}
