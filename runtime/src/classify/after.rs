//! `#[transient(after = …)]`: the class of an error that may know how long to wait.

use super::Class;
use std::time::Duration;

/// The class of an error whose field holds the hint: a `Duration`, or an `Option` of one.
#[doc(hidden)]
pub fn transient_after(hint: impl Into<Option<Duration>>) -> Class {
    hint.into().map_or(Class::Transient, Class::TransientAfter)
}

/// The same with a function that is asked for the hint.
#[doc(hidden)]
pub fn transient_after_call<E, H: Into<Option<Duration>>>(error: &E, hint: impl FnOnce(&E) -> H) -> Class {
    transient_after(hint(error))
}
