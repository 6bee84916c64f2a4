//! Why a call was stopped: the one type every layer reports through, and what it holds.

mod cancelled;
mod name;
mod refused;
mod timed_out;

use std::{error::Error, fmt, io, time::Duration};

pub use self::{
    cancelled::{Cancelled, Reason},
    refused::{AtCapacity, CircuitOpen, RateLimited},
    timed_out::{TimedOut, TimeoutKind},
};

/// A call that ended without its body having had the last word.
///
/// Every attribute and every method of [`Limits`](crate::Limits) reports through this one type,
/// so one conversion in an error type serves them all:
///
/// ```
/// #[derive(Debug, thiserror::Error)]
/// enum FetchError {
///     #[error("no such user")]
///     NotFound,
///     // Not `transparent`: that would hide the `Stopped` from `source()`.
///     #[error("stopped")]
///     Stopped(#[from] etiquette::Stopped),
/// }
/// # fn accepts<E: From<etiquette::Stopped>>() {}
/// # accepts::<FetchError>();
/// ```
///
/// `anyhow::Error`, `eyre::Report` and `Box<dyn Error + Send + Sync>` take it as they are, and
/// give it back to a downcast. [`std::io::Error`] takes it too: see the `From` impl below. So do `http::StatusCode`,
/// `sqlx::Error` and `tonic::Status`, and an axum handler returns it, with the features `http`, `sqlx`, `tonic` and
/// `axum`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stopped {
    /// The limit passed before the body was done.
    TimedOut(TimedOut),
    /// Someone asked the call to leave.
    Cancelled(Cancelled),
    /// A circuit breaker refused the call: the body never ran.
    CircuitOpen(CircuitOpen),
    /// A concurrency limit refused the call: the body never ran.
    AtCapacity(AtCapacity),
    /// A rate limit refused the call: the body never ran.
    RateLimited(RateLimited),
}

// It travels in the `Err` of every annotated function, so it must not be what makes that large.
const _: () = assert!(size_of::<Stopped>() <= 48);

impl Stopped {
    /// Whether a limit passed.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        matches!(self, Self::TimedOut(_))
    }

    /// Whether someone asked the call to leave.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled(_))
    }

    /// Whether the call was turned away before its body ran: an open circuit, a full limit or a
    /// rate limit.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::CircuitOpen(_) | Self::AtCapacity(_) | Self::RateLimited(_)
        )
    }

    /// The full name of what was stopped: `module::function`, or the `name = "…"` it was given.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        match self {
            Self::TimedOut(stop) => stop.operation,
            Self::Cancelled(stop) => stop.operation,
            Self::CircuitOpen(stop) => stop.operation,
            Self::AtCapacity(stop) => stop.operation,
            Self::RateLimited(stop) => stop.operation,
        }
    }

    /// How long a refused caller should wait, where that is known. `None` for everything else.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::CircuitOpen(stop) => stop.retry_after,
            Self::AtCapacity(stop) => stop.retry_after,
            Self::RateLimited(stop) => stop.retry_after,
            Self::TimedOut(_) | Self::Cancelled(_) => None,
        }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut(stop) => stop.fmt(f),
            Self::Cancelled(stop) => stop.fmt(f),
            Self::CircuitOpen(stop) => stop.fmt(f),
            Self::AtCapacity(stop) => stop.fmt(f),
            Self::RateLimited(stop) => stop.fmt(f),
        }
    }
}

// No `source`: the payload *is* the message, and a chain that says it twice reads badly.
impl Error for Stopped {}

macro_rules! payloads {
    ($($payload:ident)*) => {$(
        impl From<$payload> for Stopped {
            fn from(stop: $payload) -> Self {
                Self::$payload(stop)
            }
        }
    )*};
}

payloads!(TimedOut Cancelled CircuitOpen AtCapacity RateLimited);

/// A timeout becomes [`io::ErrorKind::TimedOut`], every other stop [`io::ErrorKind::Other`].
///
/// Never `Interrupted`: loops over I/O swallow that one. The `Stopped` stays inside:
///
/// ```
/// use etiquette::{Cancelled, Stopped};
///
/// let error = std::io::Error::from(Stopped::from(Cancelled::new("sync")));
/// let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Stopped>());
/// assert!(inner.is_some_and(Stopped::is_cancelled));
/// ```
impl From<Stopped> for io::Error {
    fn from(stop: Stopped) -> Self {
        let kind = match stop {
            Stopped::TimedOut(_) => io::ErrorKind::TimedOut,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, stop)
    }
}

#[cfg(test)]
mod tests;
