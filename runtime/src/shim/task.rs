//! The span of `#[instrument_task]`, whose fields are written in the grammar of `tracing::span!`.

/// Makes the [`Task`](crate::task::Task) of a call. Our own fields are named by literals: for names in the form of
/// identifiers, `span!` costs the compiler five times as much.
#[cfg(feature = "tracing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __task {
    (
        target: $target:expr,
        parent: (),
        level: $level:expr,
        name: $name:expr,
        operation: $operation:expr,
        follows: $follows:tt,
        fields: { $($fields:tt)* } $(,)?
    ) => {
        $crate::__task!(@follows $follows $operation, $crate::__private::tracing::span!(
            target: $target,
            $level,
            $name,
            "outcome" = $crate::__private::Empty,
            "attempts" = $crate::__private::Empty,
            "elapsed" = $crate::__private::Empty,
            "gave_up" = $crate::__private::Empty,
            $($fields)*
        ))
    };
    (
        target: $target:expr,
        parent: ($parent:expr),
        level: $level:expr,
        name: $name:expr,
        operation: $operation:expr,
        follows: $follows:tt,
        fields: { $($fields:tt)* } $(,)?
    ) => {
        $crate::__task!(@follows $follows $operation, $crate::__private::tracing::span!(
            target: $target,
            parent: $parent,
            $level,
            $name,
            "outcome" = $crate::__private::Empty,
            "attempts" = $crate::__private::Empty,
            "elapsed" = $crate::__private::Empty,
            "gave_up" = $crate::__private::Empty,
            $($fields)*
        ))
    };
    (@follows () $operation:expr, $span:expr) => {
        $crate::__watched!($operation, $span)
    };
    (@follows ($follows:expr) $operation:expr, $span:expr) => {{
        let task = $crate::__watched!($operation, $span);
        if $crate::__private::Task::is_enabled(&task) {
            $crate::__private::Task::follows(&task, $follows);
        }
        task
    }};
}

/// Makes the [`Task`](crate::task::Task) of a call.
#[cfg(not(feature = "tracing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __task {
    (
        target: $target:expr,
        parent: (),
        level: $level:expr,
        name: $name:expr,
        operation: $operation:expr,
        follows: (),
        fields: {} $(,)?
    ) => {
        $crate::__watched!($operation)
    };
    ($($any:tt)*) => {
        $crate::__private::compile_error!(
            "`fields`, `parent` and `follows_from` need the `tracing` feature of etiquette"
        )
    };
}

/// A call that is counted under its operation, and recorded.
#[cfg(any(feature = "metrics", feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __watched {
    ($operation:expr $(, $span:expr)?) => {{
        static __ETQ_SITE: $crate::__private::Site = $crate::__private::Site::new($operation);
        $crate::__private::Task::new($($span,)? &__ETQ_SITE)
    }};
}

/// A call that only its span knows of.
#[cfg(not(any(feature = "metrics", feature = "test-util")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __watched {
    ($operation:expr $(, $span:expr)?) => {
        $crate::__private::Task::new($($span)?)
    };
}

/// Says how a call ended, and logs its error or its value.
#[cfg(feature = "tracing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __task_end {
    ($task:expr, $ended:expr, $out:expr, target: $target:expr, err: $err:tt, ret: $ret:tt $(,)?) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        let is_err = (&&probe).__etq_is_err();
        let outcome = $crate::__private::Task::finish(&mut $task, $ended, is_err, || (&&&&&probe).__etq_class());
        $crate::__task_end!(@err $err $task, outcome, $out, $target);
        $crate::__task_end!(@ret $ret $task, $out, $target);
    }};
    (@err () $($rest:tt)*) => {};
    (@err ($level:expr, $how:ident) $task:expr, $outcome:expr, $out:expr, $target:expr) => {
        $crate::__private::shown::on_error($out, |error| {
            let error = $crate::__task_end!(@shown $how error);
            let _inside = $crate::__private::Task::enter(&$task);
            if $crate::__private::Outcome::hushes($outcome, $level) {
                $crate::__task_end!(@event $target, $crate::__private::Level::INFO, error, error)
            } else {
                $crate::__task_end!(@event $target, $level, error, error)
            }
        });
    };
    (@ret () $($rest:tt)*) => {};
    (@ret ($level:expr, $how:ident) $task:expr, $out:expr, $target:expr) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        if let $crate::__private::Option::Some(value) = (&&probe).__etq_ok() {
            let value = $crate::__task_end!(@shown $how value);
            let _inside = $crate::__private::Task::enter(&$task);
            $crate::__task_end!(@event $target, $level, return, value)
        }
    }};
    (@shown Display $value:ident) => {
        $crate::__private::shown::display($value)
    };
    (@shown Debug $value:ident) => {
        $crate::__private::shown::debug($value)
    };
    (@event $target:expr, $level:expr, $name:ident, $value:ident) => {
        $crate::__private::tracing::event!(target: $target, $level, $name = $value)
    };
}

/// Says how a call ended.
#[cfg(not(feature = "tracing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __task_end {
    ($task:expr, $ended:expr, $out:expr, target: $target:expr, err: (), ret: () $(,)?) => {{
        use $crate::__private::probe::by::*;
        let probe = $crate::__private::probe::Probe($out);
        let is_err = (&&probe).__etq_is_err();
        $crate::__private::Task::finish(&mut $task, $ended, is_err, || (&&&&&probe).__etq_class());
    }};
    ($($any:tt)*) => {
        $crate::__private::compile_error!("`err` and `ret` need the `tracing` feature of etiquette")
    };
}

/// Where a function is, for what an option tells of it.
#[cfg(feature = "tracing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __place {
    ($option:literal, $operation:expr, $file:expr, $line:expr) => {
        const { &$crate::__private::Place::new($operation, $file, $line) }
    };
}

/// Where a function is: there is nobody to tell.
#[cfg(not(feature = "tracing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __place {
    ($option:literal, $operation:expr, $file:expr, $line:expr) => {
        $crate::__private::compile_error!($crate::__private::concat!(
            "`",
            $option,
            "` needs the `tracing` feature of etiquette"
        ))
    };
}
