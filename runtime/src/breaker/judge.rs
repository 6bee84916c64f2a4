//! What a result says about the other side.

use crate::{Class, retry::Ended};

/// What a result says about the other side.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    Success,
    Failure,
    /// Nothing: as if the call had not been made.
    Ignored,
}

/// A return type whose errors `when =` can tell apart.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`when =` of `#[circuit_breaker]` needs a `Result`, not `{Self}`",
    label = "this return type has no error to ask about",
    note = "without `when =` only timeouts and slow calls count here"
)]
pub trait HasError {
    type Error;

    fn error(&self) -> Option<&Self::Error>;
}

#[diagnostic::do_not_recommend]
impl<T, E> HasError for Result<T, E> {
    type Error = E;

    #[inline]
    fn error(&self) -> Option<&E> {
        self.as_ref().err()
    }
}

/// A return type with errors: without any, and with nothing else that could count, a breaker never opens.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` never fails: this circuit breaker would never open",
    label = "there is no error here that could count",
    note = "return a `Result`, or let something else count:",
    note = "calls that are slow, with `slow_call = 1s`, or that time out: put `#[with_timeout(2s)]` below"
)]
pub trait Fails {}

#[diagnostic::do_not_recommend]
impl<T, E> Fails for Result<T, E> {}

/// What is looked at for errors alone.
#[doc(hidden)]
#[inline]
pub const fn can_fail<R: Fails>(out: &R) -> &R {
    out
}

/// Every error counts, except that of a call that was asked to leave, or that was refused further in: by a layer of what
/// the body called.
#[doc(hidden)]
#[inline]
pub fn by_default(
    ended: Ended,
    is_err: bool,
    class: impl FnOnce() -> Option<Class>,
    refused: impl FnOnce() -> bool,
) -> Judged {
    unless_stopped(ended, || match is_err {
        false => Judged::Success,
        true => unless_stopped_inside(class, refused, || Judged::Failure),
    })
}

/// What `when =` may answer with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer whether an error counts",
    label = "expected the predicate to return a `bool` or an `etiquette::Class`"
)]
pub trait Counts {
    fn judged(self) -> Judged;
}

/// An error that does not count shows that the other side is there, and well.
#[diagnostic::do_not_recommend]
impl Counts for bool {
    #[inline]
    fn judged(self) -> Judged {
        match self {
            true => Judged::Failure,
            false => Judged::Success,
        }
    }
}

/// What may pass counts: the other side is not what it should be.
#[diagnostic::do_not_recommend]
impl Counts for Class {
    #[inline]
    fn judged(self) -> Judged {
        match self {
            Self::NotSent | Self::Transient | Self::TransientAfter(_) => Judged::Failure,
            Self::Permanent => Judged::Success,
            Self::Cancelled => Judged::Ignored,
        }
    }
}

/// `when = f`: the errors that count.
#[doc(hidden)]
#[inline]
pub fn when<R: HasError, D: Counts>(
    ended: Ended,
    out: &R,
    f: impl FnOnce(&R::Error) -> D,
    class: impl FnOnce() -> Option<Class>,
    refused: impl FnOnce() -> bool,
) -> Judged {
    unless_stopped(ended, || match out.error() {
        None => Judged::Success,
        Some(error) => unless_stopped_inside(class, refused, || f(error).judged()),
    })
}

/// What a layer below stopped has no value of its own to judge by.
#[inline]
fn unless_stopped(ended: Ended, body: impl FnOnce() -> Judged) -> Judged {
    match ended {
        Ended::Body => body(),
        Ended::TimedOut => Judged::Failure,
        Ended::Refused | Ended::Cancelled => Judged::Ignored,
    }
}

/// The same of what the body called: neither who was asked to leave nor who was turned away says anything.
#[cold]
fn unless_stopped_inside(
    class: impl FnOnce() -> Option<Class>,
    refused: impl FnOnce() -> bool,
    error: impl FnOnce() -> Judged,
) -> Judged {
    match class() {
        Some(Class::Cancelled) => Judged::Ignored,
        _ if refused() => Judged::Ignored,
        _ => error(),
    }
}
