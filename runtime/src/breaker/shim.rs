//! The judges of `#[circuit_breaker]`: what a result says depends on the user's types.

/// Every error counts.
#[doc(hidden)]
#[macro_export]
macro_rules! __breaker_default {
    ($ended:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        let is_err = (&&probe).__etq_is_err();
        $crate::__private::judged::by_default(
            $ended,
            is_err,
            || (&&&&&probe).__etq_class(),
            || (&&&&&probe).__etq_refused(),
        )
    }};
}

/// `when = f`.
#[doc(hidden)]
#[macro_export]
macro_rules! __breaker_when {
    ($ended:expr, $out:expr, $f:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $crate::__private::judged::when(
            $ended,
            probe.0,
            $f,
            || (&&&&&probe).__etq_class(),
            || (&&&&&probe).__etq_refused(),
        )
    }};
}
