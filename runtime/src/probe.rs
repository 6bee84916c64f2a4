//! What can be known of a return value whose type only the expansion's caller knows.
//!
//! Method resolution tries the type with most references first: a value is asked through
//! `&&&&&Probe(…)`, and the first impl whose bounds hold answers. Bounds that a generic function
//! does not state do not hold, so the last impl, which has none, always answers.
//!
//! No impl has a `'static` bound: resolution ignores lifetimes, chooses the impl all the same, and
//! the borrow checker then refuses what the user wrote.

mod refused;

pub use self::refused::{NotRefused, RefusedByChain, RefusedBySendChain, RefusedBySource, RefusedItself};

use std::{
    convert::Infallible,
    error::Error,
    fmt::{self, Debug, Display},
    marker::PhantomData,
};

use crate::{Class, Classify, classify::known_in_chain, telemetry};

/// A return value to be asked.
#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<'a, R>(pub &'a R);

/// Is it an error?
#[doc(hidden)]
pub trait IsErr {
    fn __etq_is_err(&self) -> bool;
}

impl<T, E> IsErr for &Probe<'_, Result<T, E>> {
    #[inline]
    fn __etq_is_err(&self) -> bool {
        self.0.is_err()
    }
}

#[doc(hidden)]
pub trait NotAResult {
    fn __etq_is_err(&self) -> bool;
}

impl<R> NotAResult for Probe<'_, R> {
    #[inline]
    fn __etq_is_err(&self) -> bool {
        false
    }
}

/// The type of a return value that is to be taken apart.
#[doc(hidden)]
#[derive(Debug)]
pub struct TypeOf<R>(PhantomData<fn() -> R>);

impl<R> TypeOf<R> {
    #[inline]
    pub fn this(_: &R) -> Self {
        Self(PhantomData)
    }

    /// Where there is no value yet.
    #[cfg(feature = "test-util")]
    #[allow(clippy::new_without_default, reason = "only expansions make one")]
    #[must_use]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

/// Takes a success out of its `Result`. A value that is moved by itself need not pass through memory as part of a whole.
#[doc(hidden)]
pub trait Splits<T, E> {
    fn __etq_split(&self, out: Result<T, E>) -> Result<Success<T, E>, Result<T, E>>;
}

impl<T, E> Splits<T, E> for &TypeOf<Result<T, E>> {
    #[inline]
    fn __etq_split(&self, out: Result<T, E>) -> Result<Success<T, E>, Result<T, E>> {
        match out {
            Ok(value) => Ok(Success(value, PhantomData)),
            Err(error) => Err(Err(error)),
        }
    }
}

/// A success, out of its `Result`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Success<T, E>(T, PhantomData<fn() -> E>);

impl<T, E> Success<T, E> {
    #[inline]
    pub fn into_return(self) -> Result<T, E> {
        Ok(self.0)
    }
}

#[doc(hidden)]
pub trait IsWhole<R> {
    fn __etq_split(&self, out: R) -> Result<NoSuccess<R>, R>;
}

impl<R> IsWhole<R> for TypeOf<R> {
    #[inline]
    fn __etq_split(&self, out: R) -> Result<NoSuccess<R>, R> {
        Err(out)
    }
}

/// What comes out of a value that is no `Result`: nothing.
#[doc(hidden)]
#[derive(Debug)]
pub struct NoSuccess<R>(Infallible, PhantomData<fn() -> R>);

impl<R> NoSuccess<R> {
    #[inline]
    pub fn into_return(self) -> R {
        match self.0 {}
    }
}

/// What class is the error of? `None` for a success, and for what cannot be known.
#[doc(hidden)]
pub trait ByClassify {
    fn __etq_class(&self) -> Option<Class>;
}

impl<T, E: Classify> ByClassify for &&&&Probe<'_, Result<T, E>> {
    #[inline]
    fn __etq_class(&self) -> Option<Class> {
        self.0.as_ref().err().map(Classify::class)
    }
}

/// For `anyhow::Error`, `eyre::Report` and the like.
#[doc(hidden)]
pub trait ByChain {
    fn __etq_class(&self) -> Option<Class>;
}

impl<T, E: AsRef<dyn Error>> ByChain for &&&Probe<'_, Result<T, E>> {
    fn __etq_class(&self) -> Option<Class> {
        known_in_chain(self.0.as_ref().err()?.as_ref())
    }
}

#[doc(hidden)]
pub trait BySendChain {
    fn __etq_class(&self) -> Option<Class>;
}

impl<T, E: AsRef<dyn Error + Send + Sync>> BySendChain for &&Probe<'_, Result<T, E>> {
    fn __etq_class(&self) -> Option<Class> {
        known_in_chain(self.0.as_ref().err()?.as_ref())
    }
}

/// An error that says nothing may have been caused by one that does.
#[doc(hidden)]
pub trait BySource {
    fn __etq_class(&self) -> Option<Class>;
}

impl<T, E: Error> BySource for &Probe<'_, Result<T, E>> {
    fn __etq_class(&self) -> Option<Class> {
        known_in_chain(self.0.as_ref().err()?.source()?)
    }
}

#[doc(hidden)]
pub trait Unknown {
    fn __etq_class(&self) -> Option<Class>;
}

impl<R> Unknown for Probe<'_, R> {
    #[inline]
    fn __etq_class(&self) -> Option<Class> {
        None
    }
}

/// How is the error printed?
#[doc(hidden)]
pub trait ByDisplay<'a> {
    fn __etq_text(&self) -> Text<'a>;
}

impl<'a, T, E: Display> ByDisplay<'a> for &&Probe<'a, Result<T, E>> {
    fn __etq_text(&self) -> Text<'a> {
        self.0.as_ref().err().map_or(Text::None, |e| Text::Display(e))
    }
}

#[doc(hidden)]
pub trait ByDebug<'a> {
    fn __etq_text(&self) -> Text<'a>;
}

impl<'a, T, E: Debug> ByDebug<'a> for &Probe<'a, Result<T, E>> {
    fn __etq_text(&self) -> Text<'a> {
        self.0.as_ref().err().map_or(Text::None, |e| Text::Debug(e))
    }
}

#[doc(hidden)]
pub trait Unprintable<'a> {
    fn __etq_text(&self) -> Text<'a>;
}

impl<'a, R> Unprintable<'a> for Probe<'a, R> {
    #[inline]
    fn __etq_text(&self) -> Text<'a> {
        Text::None
    }
}

/// An error as text, if its type can be printed at all.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Text<'a> {
    Display(&'a dyn Display),
    Debug(&'a dyn Debug),
    None,
}

impl Text<'_> {
    pub(crate) fn is_none(self) -> bool {
        matches!(self, Self::None)
    }

    /// Built only where someone would read it.
    #[must_use]
    #[inline]
    pub fn describe(self) -> Option<Box<str>> {
        if telemetry::is_heard() { self.text() } else { None }
    }

    // `tracing::enabled!` would ask more exactly, but a per-layer filter takes it for the beginning of an event, and
    // loses the next one.
    #[cold]
    fn text(self) -> Option<Box<str>> {
        (!self.is_none()).then(|| self.to_string().into())
    }
}

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Display(error) => Display::fmt(error, f),
            Self::Debug(error) => Debug::fmt(error, f),
            Self::None => Ok(()),
        }
    }
}

impl Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// What did it succeed with? Not a `Result`: with itself.
#[doc(hidden)]
pub trait OkOf<'a> {
    type Ok;

    fn __etq_ok(&self) -> Option<&'a Self::Ok>;
}

impl<'a, T, E> OkOf<'a> for &Probe<'a, Result<T, E>> {
    type Ok = T;

    #[inline]
    fn __etq_ok(&self) -> Option<&'a T> {
        self.0.as_ref().ok()
    }
}

#[doc(hidden)]
pub trait Whole<'a> {
    type Ok;

    fn __etq_ok(&self) -> Option<&'a Self::Ok>;
}

impl<'a, R> Whole<'a> for Probe<'a, R> {
    type Ok = R;

    #[inline]
    fn __etq_ok(&self) -> Option<&'a R> {
        Some(self.0)
    }
}

/// The error for `on_retry`. Nothing where a layer below put a success in place of a stop.
#[doc(hidden)]
#[inline]
pub fn error_of<T, E>(out: &Result<T, E>) -> Option<&E> {
    out.as_ref().err()
}

/// The same under `when_result`, where what is retried need not be an error: the whole value.
#[doc(hidden)]
#[inline]
pub fn result_of<R>(out: &R) -> Option<&R> {
    Some(out)
}

#[cfg(test)]
mod tests;
