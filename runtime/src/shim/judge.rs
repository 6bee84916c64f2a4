//! The judges of `#[retry]` that need the probe, and what is logged of a retry.

/// `when = any`.
#[doc(hidden)]
#[macro_export]
macro_rules! __any_error {
    ($out:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $crate::__private::verdict::any_error(probe.0, || (&&&&&probe).__etq_class())
    }};
}

/// `when = f`.
#[doc(hidden)]
#[macro_export]
macro_rules! __when {
    ($out:expr, $f:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $crate::__private::verdict::when(probe.0, $f, || (&&&&&probe).__etq_class())
    }};
}

/// `when_result = f`.
#[doc(hidden)]
#[macro_export]
macro_rules! __when_result {
    ($out:expr, $f:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        let is_err = (&&probe).__etq_is_err();
        $crate::__private::verdict::when_result(probe.0, $f, is_err, || (&&&&&probe).__etq_class())
    }};
}

/// Takes a success out of its `Result` and ends the retry with it; whatever else there is, is to be judged. So is what a
/// layer below may have put in place of a stop.
#[doc(hidden)]
#[macro_export]
macro_rules! __settle {
    ($retry:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let out = $out;
        let split = (&&$crate::__private::probe::TypeOf::this(&out)).__etq_split(out);
        $crate::__private::Retry::settle(&mut $retry, split)
    }};
    ($retry:expr, $out:expr, $ended:expr) => {
        match $ended {
            $crate::__private::Ended::Body => $crate::__settle!($retry, $out),
            _ => $crate::__private::Result::Err($out),
        }
    };
}

/// Logs a retry.
#[doc(hidden)]
#[macro_export]
macro_rules! __retry_event {
    ($retry:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $crate::__private::Retry::log(&$retry, (&&&probe).__etq_text())
    }};
}

/// The text of an error for [`Progress`](crate::progress::Progress).
#[doc(hidden)]
#[macro_export]
macro_rules! __describe {
    ($out:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        $crate::__private::Text::describe((&&&probe).__etq_text())
    }};
}
