//! How `err` and `ret` print what they log: made once, before `tracing::event!` repeats its arguments,
//! so that a type that cannot be printed is one error and not five.

use std::fmt::{Debug, Display};

use tracing::field::{DebugValue, DisplayValue};

/// What `err` prints, and `ret(Display)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display` to be logged with",
    label = "`#[instrument_task]` is asked to log this",
    note = "log it with its `Debug`: `err(Debug)`"
)]
pub trait Displayed: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display> Displayed for T {}

/// What `ret` prints, and `err(Debug)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Debug` to be logged with",
    label = "`#[instrument_task]` is asked to log this",
    note = "derive it, or log the value with its `Display`: `ret(Display)`"
)]
pub trait Debugged: Debug {}

#[diagnostic::do_not_recommend]
impl<T: Debug> Debugged for T {}

/// What `err` looks for an error in.
#[diagnostic::on_unimplemented(
    message = "`err` needs a `Result`, not `{Self}`",
    label = "this return type has no error to log",
    note = "leave `err` out; `ret` logs the value"
)]
pub trait HasError {
    /// The error's type.
    type Error;

    /// The error, if it is one.
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

/// Calls `log` with the error of `out`, if it is one.
#[inline]
pub fn on_error<R: HasError>(out: &R, log: impl FnOnce(&R::Error)) {
    if let Some(error) = out.error() {
        log(error);
    }
}

/// `value` as a field, printed with its `Display`.
#[inline]
pub fn display<T: Displayed>(value: &T) -> DisplayValue<&dyn Display> {
    tracing::field::display(value)
}

/// `value` as a field, printed with its `Debug`.
#[inline]
pub fn debug<T: Debugged>(value: &T) -> DebugValue<&dyn Debug> {
    tracing::field::debug(value)
}
