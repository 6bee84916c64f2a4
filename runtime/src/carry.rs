//! How a stop becomes a return value, and what rustc says when it cannot.
//!
//! Expansions call the functions below with the declared return type, spanned on that type: the
//! texts here are what a user reads under it.

use std::fmt::Display;

use crate::Stopped;

/// A return type that has a place for any stop.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no place for a stopped call",
    label = "a timeout, a cancellation or a refusal cannot be returned as this",
    note = "return a `Result` whose error has a variant `Stopped(#[from] etiquette::Stopped)`",
    note = "or say what to return instead: `or_return = …`",
    note = "(`error = …` maps the stop by hand where the return type is a `Result`)"
)]
pub trait ReturnStopped: Sized {
    fn stopped(stop: Stopped) -> Self;
}

impl<T, E: ErrorFromStopped> ReturnStopped for Result<T, E> {
    fn stopped(stop: Stopped) -> Self {
        Err(E::from_stopped(stop))
    }
}

/// A return type that has a place for a cancellation: also `()`, for the worker that simply ends.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no place for a cancelled call",
    label = "a cancellation cannot be returned as this",
    note = "return `()`, or a `Result` whose error has a variant `Stopped(#[from] etiquette::Stopped)`",
    note = "or say what to return instead: `or_return = …`",
    note = "(`error = …` maps the stop by hand where the return type is a `Result`)"
)]
pub trait ReturnCancelled: Sized {
    fn cancelled(stop: Stopped) -> Self;
}

impl<T, E: ErrorFromStopped> ReturnCancelled for Result<T, E> {
    fn cancelled(stop: Stopped) -> Self {
        Err(E::from_stopped(stop))
    }
}

impl ReturnCancelled for () {
    fn cancelled(_: Stopped) -> Self {}
}

/// An error that can be made of a stop.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made of an `etiquette::Stopped`",
    label = "`From<etiquette::Stopped>` is not implemented for `{Self}`",
    note = "add a variant to the error: `Stopped(#[from] etiquette::Stopped)`",
    note = "or map the stop by hand: `error = |stop| …`",
    note = "or say what to return instead: `or_return = …`",
    note = "(an error that is a type parameter needs the bound `From<etiquette::Stopped>`)"
)]
pub trait ErrorFromStopped: Sized {
    fn from_stopped(stop: Stopped) -> Self;
}

// Without `do_not_recommend` rustc would report the missing `From` and none of the text above.
#[diagnostic::do_not_recommend]
impl<E: From<Stopped>> ErrorFromStopped for E {
    fn from_stopped(stop: Stopped) -> Self {
        stop.into()
    }
}

/// A return type with an error that `error =` can fill.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`error =` needs a `Result`, not `{Self}`",
    label = "this return type has no error to map the stop to",
    note = "say what to return instead: `or_return = …`"
)]
pub trait ReturnMapped: Sized {
    type Error;

    fn mapped(error: Self::Error) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T, E> ReturnMapped for Result<T, E> {
    type Error = E;

    fn mapped(error: E) -> Self {
        Err(error)
    }
}

/// The return value of a call that was stopped.
#[doc(hidden)]
#[cold]
pub fn stopped<R: ReturnStopped>(stop: impl Into<Stopped>) -> R {
    R::stopped(stop.into())
}

/// The return value of a call that was cancelled.
#[doc(hidden)]
#[cold]
pub fn cancelled<R: ReturnCancelled>(stop: impl Into<Stopped>) -> R {
    R::cancelled(stop.into())
}

/// The return value of a call that was stopped, through the user's own mapper.
#[doc(hidden)]
#[cold]
pub fn mapped<R, P, F>(stop: P, map: F) -> R
where
    R: ReturnMapped,
    F: FnOnce(P) -> R::Error,
{
    R::mapped(map(stop))
}

/// What a test does that has nowhere to return a stop to.
#[doc(hidden)]
#[cold]
#[track_caller]
#[allow(clippy::panic, reason = "a test that was stopped has failed")]
pub fn panic_stopped(stop: impl Display) -> ! {
    panic!("{stop}")
}
