//! What the expansions of `#[etiquette::main]` and `#[etiquette::test]` call as macros: what depends on the
//! return type, or on a feature of this crate.

/// Runs a program.
#[cfg(feature = "main")]
#[doc(hidden)]
#[macro_export]
macro_rules! __run_main {
    ($runner:expr, $body:expr) => {{
        use $crate::__private::probe::by::*;
        $crate::__private::runner::main($runner, $body, |out| {
            let probe = $crate::__private::probe::Probe(out);
            $crate::__private::runner::Told {
                is_err: (&&probe).__etq_is_err(),
                class: (&&&&&probe).__etq_class(),
            }
        })
    }};
}

/// Runs a program.
#[cfg(not(feature = "main"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __run_main {
    ($($any:tt)*) => {
        $crate::__private::compile_error!("`#[etiquette::main]` needs the `main` feature of etiquette")
    };
}

/// Runs a test.
#[doc(hidden)]
#[macro_export]
macro_rules! __run_test {
    ($runner:expr, $body:expr) => {{
        use $crate::__private::probe::by::*;
        $crate::__private::runner::test($runner, $body, |out| {
            let probe = $crate::__private::probe::Probe(out);
            (&&probe).__etq_is_err()
        })
    }};
}

/// On several threads.
#[cfg(feature = "main")]
#[doc(hidden)]
#[macro_export]
macro_rules! __multi_thread {
    ($runner:expr) => {
        $crate::__private::runner::Runner::multi_thread($runner)
    };
}

/// On several threads.
#[cfg(not(feature = "main"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __multi_thread {
    ($runner:expr) => {
        $crate::__private::compile_error!("several threads need the `main` feature of etiquette")
    };
}

/// On a paused clock.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! __paused {
    ($runner:expr, $paused:expr) => {
        $crate::__private::runner::Runner::paused($runner, $paused)
    };
}

/// On a paused clock.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __paused {
    ($runner:expr, $paused:expr) => {
        $crate::__private::compile_error!("a paused clock needs the `test-util` feature of etiquette")
    };
}
