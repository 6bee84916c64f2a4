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
