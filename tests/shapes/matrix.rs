//! Every shape of function plain, under each attribute, and under stacks of them: the same source each time, and the
//! same result. `SHAPES.md` and the table in the README are written from what this test has run.
//!
//! `BLESS=1 cargo test -p etiquette-tests --test shapes matrix` writes both anew.

mod blocking;
mod bodies;
mod functions;
mod methods;
mod peers;
mod refused;
mod returns;
mod table;

/// The attributes that each shape is compiled under, in the order of [`Shape::versions`].
const STACKS: [&str; 15] = [
    "plain",
    "`instrument_task`",
    "`cancellable`",
    "`with_timeout`",
    "`retry`",
    "`with_timeout(total)` `retry` `with_timeout(attempt)`",
    "`instrument_task` `cancellable` `with_timeout`",
    "`circuit_breaker`",
    "`concurrency_limit`",
    "`rate_limit`",
    "`fallback`",
    "`hedge`",
    "`shield`",
    "`circuit_breaker` `concurrency_limit` `rate_limit`, each by key",
    "`instrument_task` `cancellable` `fallback` `with_timeout(total)` `retry` `circuit_breaker` `rate_limit` \
     `with_timeout(attempt)` `concurrency_limit`",
];

/// One function, once under each of some stacks.
struct Shape {
    name: &'static str,
    title: &'static str,
    /// The options without which it cannot be stopped, run again, or run twice at once.
    options: [&'static str; 3],
    versions: &'static [Version],
}

/// One function under one stack.
enum Version {
    /// Calls it and prints what comes out.
    Runs(fn() -> String),
    /// The stack cannot stand there. The source, for a compiler that says why.
    Refused(&'static str),
}

impl Version {
    /// What comes out, where it runs.
    fn result(&self) -> Option<String> {
        match self {
            Self::Runs(call) => Some(call()),
            Self::Refused(_) => None,
        }
    }
}

/// `title; stop(…) retry(…) hedge(…) refused(a stack, …) { what is around } in { the block it stands in }
/// { the function } => a call`
macro_rules! shapes {
    ($(
        $name:ident: $title:literal
        $( stop($($stop:tt)*) )? $( retry($($retry:tt)*) )? $( hedge($($hedge:tt)*) )? $( refused($($refused:ident)*) )?
        $( given { $($given:tt)* } )? $( in { $($outer:tt)* } )?
        { $($item:tt)* } => $call:expr;
    )*) => {
        $(
            mod $name {
                use super::*;

                $crate::matrix::versions! {
                    [$($($stop)*)?] [$($($retry)*)?] [$($($hedge)*)?]
                    [$($($refused)*)?] {$($($given)*)?} [$($($outer)*)?] {$($item)*} {$call}
                }
            }
        )*

        pub(super) const SHAPES: &[$crate::matrix::Shape] = &[$(
            $crate::matrix::Shape {
                name: stringify!($name),
                title: $title,
                options: [stringify!($($($stop)*)?), stringify!($($($retry)*)?), stringify!($($($hedge)*)?)],
                versions: &[
                    $name::plain::VERSION,
                    $name::instrument_task::VERSION,
                    $name::cancellable::VERSION,
                    $name::with_timeout::VERSION,
                    $name::retry::VERSION,
                    $name::two_limits::VERSION,
                    $name::once::VERSION,
                    $name::circuit_breaker::VERSION,
                    $name::concurrency_limit::VERSION,
                    $name::rate_limit::VERSION,
                    $name::fallback::VERSION,
                    $name::hedge::VERSION,
                    $name::shield::VERSION,
                    $name::keyed::VERSION,
                    $name::recommended::VERSION,
                ],
            },
        )*];
    };
}
use shapes;

/// One shape under every stack.
macro_rules! versions {
    ([$($stop:tt)*] [$($retry:tt)*] [$($hedge:tt)*] $($shape:tt)*) => {
        $crate::matrix::version!(plain [] $($shape)*);
        $crate::matrix::version!(instrument_task
            [#[::etiquette::instrument_task]] $($shape)*);
        $crate::matrix::version!(cancellable
            [#[::etiquette::cancellable(future = ::core::future::pending::<()>(), $($stop)*)]] $($shape)*);
        $crate::matrix::version!(with_timeout
            [#[::etiquette::with_timeout(5s, $($stop)*)]] $($shape)*);
        $crate::matrix::version!(retry
            [#[::etiquette::retry($($retry)*)]] $($shape)*);
        $crate::matrix::version!(two_limits
            [#[::etiquette::with_timeout(5s, total, $($stop)*)]
             #[::etiquette::retry($($retry)*)]
             #[::etiquette::with_timeout(1s, attempt, $($stop)*)]] $($shape)*);
        $crate::matrix::version!(once
            [#[::etiquette::instrument_task]
             #[::etiquette::cancellable(future = ::core::future::pending::<()>(), $($stop)*)]
             #[::etiquette::with_timeout(5s, $($stop)*)]] $($shape)*);
        $crate::matrix::version!(circuit_breaker
            [#[::etiquette::circuit_breaker($($stop)*)]] $($shape)*);
        $crate::matrix::version!(concurrency_limit
            [#[::etiquette::concurrency_limit(16, wait = 1s, $($stop)*)]] $($shape)*);
        $crate::matrix::version!(rate_limit
            [#[::etiquette::rate_limit(100, per = 1s, wait = 1s, $($stop)*)]] $($shape)*);
        $crate::matrix::version!(fallback
            [#[::etiquette::fallback(with = |error| Err(error))]] $($shape)*);
        $crate::matrix::version!(hedge
            [#[::etiquette::hedge(after = 50ms, $($hedge)*)]] $($shape)*);
        $crate::matrix::version!(shield
            [#[::etiquette::shield]] $($shape)*);
        $crate::matrix::version!(keyed
            [#[::etiquette::circuit_breaker(key = 1, $($stop)*)]
             #[::etiquette::concurrency_limit(16, wait = none, key = "one", $($stop)*)]
             #[::etiquette::rate_limit(100, per = 1s, wait = none, key = (1, 'x'), $($stop)*)]] $($shape)*);
        $crate::matrix::version!(recommended
            [#[::etiquette::instrument_task]
             #[::etiquette::cancellable(future = ::core::future::pending::<()>(), $($stop)*)]
             #[::etiquette::fallback(with = |error| Err(error))]
             #[::etiquette::with_timeout(5s, total, $($stop)*)]
             #[::etiquette::retry($($retry)*)]
             #[::etiquette::circuit_breaker($($stop)*)]
             #[::etiquette::rate_limit(100, per = 1s, $($stop)*)]
             #[::etiquette::with_timeout(1s, attempt, $($stop)*)]
             #[::etiquette::concurrency_limit(16, $($stop)*)]] $($shape)*);
    };
}
use versions;

/// One shape under one stack, and a call of it; or its source, where the stack is among those that are refused.
macro_rules! version {
    (circuit_breaker $attrs:tt [circuit_breaker $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused circuit_breaker $attrs $($shape)*);
    };
    (fallback $attrs:tt [fallback $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused fallback $attrs $($shape)*);
    };
    (hedge $attrs:tt [hedge $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused hedge $attrs $($shape)*);
    };
    (shield $attrs:tt [shield $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused shield $attrs $($shape)*);
    };
    (keyed $attrs:tt [keyed $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused keyed $attrs $($shape)*);
    };
    (retried $attrs:tt [retried $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused retried $attrs $($shape)*);
    };
    (recommended $attrs:tt [recommended $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!(@refused recommended $attrs $($shape)*);
    };
    ($name:ident $attrs:tt [$other:ident $($rest:ident)*] $($shape:tt)*) => {
        $crate::matrix::version!($name $attrs [$($rest)*] $($shape)*);
    };
    ($name:ident [$($attrs:tt)*] [] {$($given:tt)*} [$($outer:tt)*] {$($item:tt)*} {$call:expr}) => {
        pub(super) mod $name {
            #[allow(unused_imports, reason = "not every shape uses everything")]
            use super::*;

            $($given)*
            $crate::matrix::place!([$($outer)*] $($attrs)* $($item)*);

            pub(in crate::matrix) const VERSION: $crate::matrix::Version = $crate::matrix::Version::Runs(|| {
                crate::run(async { format!("{:?}", $call) })
            });
        }
    };
    (@refused $name:ident [$($attrs:tt)*] {$($given:tt)*} [] {$($item:tt)*} $call:tt) => {
        pub(super) mod $name {
            pub(in crate::matrix) const VERSION: $crate::matrix::Version =
                $crate::matrix::Version::Refused(stringify!($($given)* $($attrs)* $($item)*));
        }
    };
    (@refused $name:ident [$($attrs:tt)*] {$($given:tt)*} [$($outer:tt)+] {$($item:tt)*} $call:tt) => {
        pub(super) mod $name {
            pub(in crate::matrix) const VERSION: $crate::matrix::Version =
                $crate::matrix::Version::Refused(stringify!($($given)* $($outer)* { $($attrs)* $($item)* }));
        }
    };
}
use version;

/// A function, in the block that it stands in if there is one.
macro_rules! place {
    ([] $($item:tt)*) => { $($item)* };
    ([$($outer:tt)+] $($item:tt)*) => { $($outer)+ { $($item)* } };
}
use place;

/// The shapes of each file, and the stacks that they are compiled under.
const SHAPES: [(&str, &[&str], &[Shape]); 5] = [
    ("functions", &STACKS, functions::SHAPES),
    ("methods", &STACKS, methods::SHAPES),
    ("bodies", &STACKS, bodies::SHAPES),
    ("returns", &STACKS, returns::SHAPES),
    ("blocking", &blocking::STACKS, blocking::SHAPES),
];

#[test]
fn every_shape_gives_the_same_under_every_stack() {
    assert!(
        SHAPES.iter().map(|(.., shapes)| shapes.len()).sum::<usize>() >= 80,
        "shapes are gone"
    );
    for (file, stacks, shapes) in SHAPES {
        for shape in shapes {
            assert_eq!(shape.versions.len(), stacks.len(), "`{}` of {file}", shape.name);
            let mut results = shape.versions.iter().map(Version::result);
            let plain = results.next().flatten().expect("the plain function");
            for (stack, result) in stacks[1..].iter().zip(results) {
                assert_eq!(
                    *result.as_ref().unwrap_or(&plain),
                    plain,
                    "`{}` of {file} under {stack}",
                    shape.name
                );
            }
        }
    }
    table::check(&refused::check());
}
