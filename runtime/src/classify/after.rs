//! `#[transient(after = …)]`: the class of an error that may know how long to wait.

use super::Class;
use std::time::Duration;

/// What `after =` takes. Separate from `Into<Option<Duration>>` only for the words a wrong type is
/// answered with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how long to wait",
    label = "expected `after` to be a `Duration` or an `Option<Duration>`"
)]
pub trait Hint: Into<Option<Duration>> {}

#[diagnostic::do_not_recommend]
impl Hint for Duration {}
#[diagnostic::do_not_recommend]
impl Hint for Option<Duration> {}

/// The class of an error whose field holds the hint: a `Duration`, or an `Option` of one.
#[doc(hidden)]
pub fn transient_after<H: Hint>(hint: H) -> Class {
    hint.into().map_or(Class::Transient, Class::TransientAfter)
}

/// The same with a function that is asked for the hint.
#[doc(hidden)]
pub fn transient_after_call<E, H: Hint>(error: &E, hint: impl FnOnce(&E) -> H) -> Class {
    transient_after(hint(error))
}
