//! What judges a result and needs the probe for it: the judges of `#[retry]`, what takes a success out first, and what is
//! logged of a retry.

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

/// Takes a success out of its `Result`, so that it need not pass through memory as part of a whole. Whatever else there
/// is, is to be judged; so is what a layer below may have put in place of a stop.
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

/// The same, and ends the retry with a success.
#[doc(hidden)]
#[macro_export]
macro_rules! __settle {
    ($retry:expr, $out:expr) => {
        $crate::__settle!($retry, $out, $crate::__private::Ended::Body)
    };
    ($retry:expr, $out:expr, $ended:expr) => {
        $crate::__private::Retry::settle(&mut $retry, $crate::__split!($ended, $out))
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
