//! Every shape of function plain, under each attribute, and under stacks of them: the same source each time, and the
//! same result. `SHAPES.md` and the table in the README are written from what this test has run.
//!
//! `BLESS=1 cargo test -p etiquette-tests --test shapes matrix` writes both anew.

mod bodies;
mod functions;
mod methods;
mod peers;
mod returns;
mod table;

/// The attributes that each shape is compiled under, in the order of [`Shape::versions`].
const STACKS: [&str; 7] = [
    "plain",
    "`instrument_task`",
    "`cancellable`",
    "`with_timeout`",
    "`retry`",
    "`with_timeout(total)` `retry` `with_timeout(attempt)`",
    "`instrument_task` `cancellable` `with_timeout`",
];

/// One function, once under each of [`STACKS`].
struct Shape {
    name: &'static str,
    title: &'static str,
    /// The options without which it cannot be stopped, or run again.
    stop: &'static str,
    retry: &'static str,
    /// Calls each version and prints what comes out.
    versions: [fn() -> String; STACKS.len()],
}

/// `title; stop(…) retry(…) { what is around } in { the block it stands in } { the function } => a call`
macro_rules! shapes {
    ($(
        $name:ident: $title:literal
        $( stop($($stop:tt)*) )? $( retry($($retry:tt)*) )?
        $( given { $($given:tt)* } )? $( in { $($outer:tt)* } )?
        { $($item:tt)* } => $call:expr;
    )*) => {
        $(
            mod $name {
                use super::*;

                $crate::matrix::version!(plain
                    [] {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
                $crate::matrix::version!(instrument_task
                    [#[::etiquette::instrument_task]] {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
                $crate::matrix::version!(cancellable
                    [#[::etiquette::cancellable(future = ::core::future::pending::<()>(), $($($stop)*)?)]]
                    {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
                $crate::matrix::version!(with_timeout
                    [#[::etiquette::with_timeout(5s, $($($stop)*)?)]]
                    {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
                $crate::matrix::version!(retry
                    [#[::etiquette::retry($($($retry)*)?)]]
                    {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
                $crate::matrix::version!(two_limits
                    [#[::etiquette::with_timeout(5s, total, $($($stop)*)?)]
                     #[::etiquette::retry($($($retry)*)?)]
                     #[::etiquette::with_timeout(1s, attempt, $($($stop)*)?)]]
                    {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
                $crate::matrix::version!(once
                    [#[::etiquette::instrument_task]
                     #[::etiquette::cancellable(future = ::core::future::pending::<()>(), $($($stop)*)?)]
                     #[::etiquette::with_timeout(5s, $($($stop)*)?)]]
                    {$($($given)*)?} [$($($outer)*)?] {$($item)*} $call);
            }
        )*

        pub(super) const SHAPES: &[$crate::matrix::Shape] = &[$(
            $crate::matrix::Shape {
                name: stringify!($name),
                title: $title,
                stop: stringify!($($($stop)*)?),
                retry: stringify!($($($retry)*)?),
                versions: [
                    $name::plain::call,
                    $name::instrument_task::call,
                    $name::cancellable::call,
                    $name::with_timeout::call,
                    $name::retry::call,
                    $name::two_limits::call,
                    $name::once::call,
                ],
            },
        )*];
    };
}
use shapes;

/// One shape under one stack, and a call of it.
macro_rules! version {
    ($name:ident [$($attrs:tt)*] {$($given:tt)*} [$($outer:tt)*] {$($item:tt)*} $call:expr) => {
        pub(super) mod $name {
            #[allow(unused_imports, reason = "not every shape uses everything")]
            use super::*;

            $($given)*
            $crate::matrix::place!([$($outer)*] $($attrs)* $($item)*);

            pub(in crate::matrix) fn call() -> String {
                crate::run(async { format!("{:?}", $call) })
            }
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

fn all() -> impl Iterator<Item = &'static Shape> {
    [
        functions::SHAPES,
        methods::SHAPES,
        bodies::SHAPES,
        returns::SHAPES,
    ]
    .into_iter()
    .flatten()
}

#[test]
fn every_shape_gives_the_same_under_every_stack() {
    assert!(all().count() >= 40, "shapes are gone");
    let ran: Vec<&Shape> = all()
        .inspect(|shape| {
            let results = shape.versions.map(|call| call());
            for (stack, result) in STACKS.iter().zip(&results) {
                assert_eq!(*result, results[0], "`{}` under {stack}", shape.name);
            }
        })
        .collect();
    table::check(&ran);
}
