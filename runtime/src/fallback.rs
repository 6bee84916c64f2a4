//! The layer that has an answer all the same: whether an error is replaced. The answer itself is in
//! the expansion, where it may use the arguments and wait.

use crate::{
    Class,
    retry::Ended,
    telemetry::{self, Event},
};

/// A return type with an error that can be replaced.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[fallback]` needs a `Result`, not `{Self}`",
    label = "this return type has no error to replace"
)]
pub trait Replaceable: Sized {
    type Error;

    fn error(&self) -> Option<&Self::Error>;

    fn into_error(self) -> Result<Self, Self::Error>;
}

#[diagnostic::do_not_recommend]
impl<T, E> Replaceable for Result<T, E> {
    type Error = E;

    #[inline]
    fn error(&self) -> Option<&E> {
        self.as_ref().err()
    }

    #[inline]
    fn into_error(self) -> Result<Self, E> {
        self.map(Ok)
    }
}

/// Any error but that of a call that was asked to leave.
#[doc(hidden)]
#[inline]
pub fn fall_back<R: Replaceable>(ended: Ended, out: &R, class: impl FnOnce() -> Option<Class>) -> bool {
    out.error().is_some() && ended != Ended::Cancelled && class() != Some(Class::Cancelled)
}

/// `when = f`: what it says, also of a cancellation.
#[doc(hidden)]
#[inline]
pub fn fall_back_when<R: Replaceable>(out: &R, f: impl FnOnce(&R::Error) -> bool) -> bool {
    out.error().is_some_and(f)
}

/// For `with = f`, which takes the error by value: that, if it is to be replaced, or all of it.
#[doc(hidden)]
#[inline]
pub fn error_if<R: Replaceable>(replace: bool, out: R) -> Result<R, R::Error> {
    match replace {
        true => out.into_error(),
        false => Ok(out),
    }
}

/// `with = f`: what stands in for the error.
#[doc(hidden)]
#[inline]
pub fn replaced<R: Replaceable>(f: impl FnOnce(R::Error) -> R, error: R::Error) -> R {
    f(error)
}

/// An error of `operation` is replaced.
#[doc(hidden)]
#[cold]
pub fn fell_back(operation: &'static str) {
    telemetry::tell(operation, Event::FellBack);
}

/// Whether `#[fallback]` replaces a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __fall_back {
    // The first is `fallback::fall_back`, written where an error about the return type should point.
    ($fall_back:expr, $ended:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $fall_back($ended, $out, || (&&&&&probe).__etq_class())
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    type Out = Result<u8, &'static str>;

    #[test]
    fn only_errors_are_replaced_and_no_cancellation() {
        let err: Out = Err("busy");
        let unknown = || None;
        assert!(fall_back(Ended::Body, &err, unknown));
        assert!(fall_back(Ended::TimedOut, &err, unknown));
        assert!(fall_back(Ended::Refused, &err, unknown));
        assert!(fall_back(Ended::Body, &err, || Some(Class::Permanent)));
        assert!(!fall_back(Ended::Cancelled, &err, unknown));
        assert!(!fall_back(Ended::Body, &err, || Some(Class::Cancelled)));
        let ok: Out = Ok(7);
        assert!(!fall_back(Ended::Body, &ok, unknown));
        // What `or_return` put in place of a stop.
        assert!(!fall_back(Ended::TimedOut, &ok, unknown));
    }

    #[test]
    fn when_decides_alone() {
        let err: Out = Err("busy");
        assert!(fall_back_when(&err, |error| error.len() == 4));
        assert!(!fall_back_when(&err, |error| error.is_empty()));
        assert!(!fall_back_when(&Out::Ok(7), |_| true));
    }

    #[test]
    fn the_error_comes_by_value() {
        assert_eq!(error_if(true, Out::Err("busy")), Err("busy"));
        assert_eq!(error_if(false, Out::Err("busy")), Ok(Err("busy")));
        assert_eq!(error_if(true, Out::Ok(7)), Ok(Ok(7)));
    }
}
