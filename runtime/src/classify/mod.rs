//! What an error means for another try.

mod after;
mod chain;
mod io;

use std::{convert::Infallible, error::Error, sync::Arc, time::Duration};

pub use self::after::{transient_after, transient_after_call};
pub use self::chain::classify_chain;
pub(crate) use self::chain::known_in_chain;
use crate::{AtCapacity, Cancelled, CircuitOpen, RateLimited, Stopped, TimedOut};

/// What an error means for another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// It never reached the other side: even a write may be repeated.
    NotSent,
    /// It may well work next time.
    Transient,
    /// It may work after this long: the other side said so (`Retry-After`).
    TransientAfter(Duration),
    /// It will fail the same way again.
    Permanent,
    /// Someone asked the call to leave. Never retried, never counted as a failure.
    Cancelled,
}

/// Errors that know what they mean for another try.
///
/// Usually derived, where each variant says it: `#[transient]`, `#[transient(after = f)]`,
/// `#[not_sent]`, `#[permanent]` or `#[classify(inner)]`. By hand:
///
/// ```
/// use etiquette::{Class, Classify};
///
/// enum FetchError { Unavailable, NotFound, Io(std::io::Error) }
///
/// impl Classify for FetchError {
///     fn class(&self) -> Class {
///         match self {
///             Self::Unavailable => Class::Transient,
///             Self::NotFound => Class::Permanent,
///             Self::Io(error) => error.class(),
///         }
///     }
/// }
/// ```
///
/// Implemented for [`std::io::Error`] by its kind (table below), for [`Stopped`] and what it holds
/// (a timeout is transient, a refusal permanent, a cancellation cancelled), for
/// `tokio::time::error::Elapsed` (transient), for boxed errors by [`classify_chain`], and for
/// `Box<E>`, `Arc<E>` and `&E` as `E`. The features `reqwest`, `sqlx` and `tonic` implement it for the errors of those
/// crates; their modules have the tables.
///
/// | `io::ErrorKind` | class |
/// |---|---|
/// | `ConnectionRefused`, `AddrNotAvailable` | `NotSent` |
/// | `ConnectionReset`, `ConnectionAborted`, `BrokenPipe`, `NotConnected`, `HostUnreachable`, `NetworkUnreachable`, `NetworkDown`, `TimedOut`, `Interrupted`, `WouldBlock`, `UnexpectedEof`, `ResourceBusy` | `Transient` |
/// | every other | `Permanent` |
///
/// An `io::Error` that wraps another error has the class of that one, where it is known.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which of its errors are worth another try",
    label = "`etiquette::Classify` is not implemented for `{Self}`",
    note = "derive it, and mark each variant: `#[derive(etiquette::Classify)]` with `#[transient]`, `#[permanent]`, …",
    note = "or name the errors to retry: `when = |e| …` (for `anyhow` and the like: `when = |e| etiquette::classify_chain(e.as_ref())`)",
    note = "or retry every error: `when = any`"
)]
pub trait Classify {
    /// What this error means for another try.
    fn class(&self) -> Class;
}

impl Classify for Stopped {
    fn class(&self) -> Class {
        match self {
            Self::TimedOut(stop) => stop.class(),
            Self::Cancelled(stop) => stop.class(),
            Self::CircuitOpen(stop) => stop.class(),
            Self::AtCapacity(stop) => stop.class(),
            Self::RateLimited(stop) => stop.class(),
        }
    }
}

macro_rules! always {
    ($($class:ident: $($error:ty),+;)*) => {$($(
        impl Classify for $error {
            fn class(&self) -> Class {
                Class::$class
            }
        }
    )+)*};
}

always! {
    Transient: TimedOut, tokio::time::error::Elapsed;
    // Whoever refused did so to be left alone.
    Permanent: CircuitOpen, AtCapacity, RateLimited;
    Cancelled: Cancelled;
}

impl Classify for Infallible {
    fn class(&self) -> Class {
        match *self {}
    }
}

impl Classify for dyn Error + Send + Sync + 'static {
    fn class(&self) -> Class {
        classify_chain(self)
    }
}

impl Classify for dyn Error + Send + 'static {
    fn class(&self) -> Class {
        classify_chain(self)
    }
}

impl Classify for dyn Error + 'static {
    fn class(&self) -> Class {
        classify_chain(self)
    }
}

macro_rules! as_inner {
    ($($pointer:ty),*) => {$(
        impl<E: Classify + ?Sized> Classify for $pointer {
            fn class(&self) -> Class {
                (**self).class()
            }
        }
    )*};
}

as_inner!(Box<E>, Arc<E>, &E);

#[cfg(test)]
mod tests;
