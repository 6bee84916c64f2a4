//! Where a test can have something done in place of a body. Without the `test-util` feature there is no such place.

/// Before a body: what a test wants done in its place. The function's name, the names that its layers were given, and
/// what it returns, where that can be named.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! __fault {
    ($function:literal $(, $name:literal)*; $ret:ty) => {
        if let $crate::__private::Option::Some(made) = $crate::__fault!(@met $function $(, $name)*) {
            use $crate::__private::probe::by::*;
            let ret = $crate::__private::probe::TypeOf::<$ret>::new();
            return $crate::__private::faults::Made::into_return(made, |error| (&&&ret).__etq_injected(error));
        }
    };
    ($function:literal $(, $name:literal)*;) => {
        if let $crate::__private::Option::Some(made) = $crate::__fault!(@met $function $(, $name)*) {
            $crate::__private::faults::Made::refuse(made)
        }
    };
    (@met $function:literal $(, $name:literal)*) => {
        $crate::__private::faults::meet(&[
            $crate::__private::concat!($crate::__private::module_path!(), "::", $function)
            $(, $name)*
        ])
        .await
    };
}

/// Before a body: nothing.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __fault {
    ($($any:tt)*) => {};
}

/// The same before a body on a thread of its own, which cannot wait there.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! __gate {
    ($function:literal $(, $name:literal)*; $ret:ty) => {
        $crate::__gate!(@at [$function $(, $name)*] |made| {
            use $crate::__private::probe::by::*;
            let ret = $crate::__private::probe::TypeOf::<$ret>::new();
            $crate::__private::faults::Made::into_return(made, |error| (&&&ret).__etq_injected(error))
        })
    };
    ($function:literal $(, $name:literal)*;) => {
        $crate::__gate!(@at [$function $(, $name)*] |made| $crate::__private::faults::Made::refuse(made))
    };
    (@at [$function:literal $(, $name:literal)*] $inject:expr) => {
        $crate::__private::faults::Gate::new(
            &[
                $crate::__private::concat!($crate::__private::module_path!(), "::", $function)
                $(, $name)*
            ],
            $inject,
        )
    };
}

/// The same before a body on a thread of its own: nothing.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __gate {
    ($($any:tt)*) => {
        ()
    };
}

/// An error that a test may make: one without parameters.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! __injectable {
    ($error:ident) => {
        #[automatically_derived]
        impl $crate::__private::Injectable for $error {}
    };
}

/// An error that a test may make.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __injectable {
    ($error:ident) => {};
}
