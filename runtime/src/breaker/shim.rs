//! The judges of `#[circuit_breaker]`: what a result says depends on the user's types.

/// Takes a success out of its `Result`, so that it need not pass through memory as part of a whole, which costs as much
/// as all the rest of the layer. Whatever else there is, is to be judged; so is what a layer below may have put in place
/// of a stop.
#[doc(hidden)]
#[macro_export]
macro_rules! __split {
    ($ended:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let out = $out;
        match $ended {
            $crate::__private::Ended::Body => {
                (&&$crate::__private::probe::TypeOf::this(&out)).__etq_split(out)
            }
            _ => $crate::__private::Result::Err(out),
        }
    }};
}

/// Every error counts.
#[doc(hidden)]
#[macro_export]
macro_rules! __breaker_default {
    ($ended:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        let is_err = (&&probe).__etq_is_err();
        $crate::__private::judged::by_default($ended, is_err, || (&&&&&probe).__etq_class())
    }};
}

/// `when = f`.
#[doc(hidden)]
#[macro_export]
macro_rules! __breaker_when {
    ($ended:expr, $out:expr, $f:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $crate::__private::judged::when($ended, probe.0, $f, || (&&&&&probe).__etq_class())
    }};
}
