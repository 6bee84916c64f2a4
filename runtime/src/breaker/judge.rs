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
    note = "without `when =` only timeouts count here"
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

/// Every error counts, except that of a call that was asked to leave.
#[doc(hidden)]
#[inline]
pub fn by_default(ended: Ended, is_err: bool, class: impl FnOnce() -> Option<Class>) -> Judged {
    unless_stopped(ended, || match is_err {
        false => Judged::Success,
        true => unless_cancelled(class(), || Judged::Failure),
    })
}

/// `when = f`: the errors that count. Any other shows that the other side is there, and well.
#[doc(hidden)]
#[inline]
pub fn when<R: HasError>(
    ended: Ended,
    out: &R,
    f: impl FnOnce(&R::Error) -> bool,
    class: impl FnOnce() -> Option<Class>,
) -> Judged {
    unless_stopped(ended, || match out.error() {
        None => Judged::Success,
        Some(error) => unless_cancelled(class(), || match f(error) {
            true => Judged::Failure,
            false => Judged::Success,
        }),
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

fn unless_cancelled(class: Option<Class>, error: impl FnOnce() -> Judged) -> Judged {
    match class {
        Some(Class::Cancelled) => Judged::Ignored,
        _ => error(),
    }
}
