//! Functions whose bodies never wait, plain and under `#[blocking]`, alone and below other layers.

use super::Shape;
use crate::Error;
use async_trait::async_trait;
use std::fmt::Debug;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

/// The attributes that each shape is compiled under, in the order of [`Shape::versions`].
pub(super) const STACKS: [&str; 6] = [
    "plain",
    "`blocking`",
    "`blocking(limit)`",
    "`with_timeout` `blocking`",
    "`retry` `blocking`",
    "`instrument_task` `cancellable` `fallback` `with_timeout(total)` `retry` `circuit_breaker` `rate_limit` \
     `with_timeout(attempt)` `concurrency_limit` `blocking`",
];

/// `title; retry(…) refused(a stack, …) { what is around } in { the block it stands in } { the function } => a call`
macro_rules! shapes {
    ($(
        $name:ident: $title:literal
        $( retry($($retry:tt)*) )? $( refused($($refused:ident)*) )?
        $( given { $($given:tt)* } )? $( in { $($outer:tt)* } )?
        { $($item:tt)* } => $call:expr;
    )*) => {
        $(
            mod $name {
                use super::*;

                versions! {
                    [$($($retry)*)?] [$($($refused)*)?]
                    {$($($given)*)?} [$($($outer)*)?] {$($item)*} {$call}
                }
            }
        )*

        pub(super) const SHAPES: &[Shape] = &[$(
            Shape {
                name: stringify!($name),
                title: $title,
                options: ["", stringify!($($($retry)*)?), ""],
                versions: &[
                    $name::plain::VERSION,
                    $name::blocking::VERSION,
                    $name::limited::VERSION,
                    $name::timed::VERSION,
                    $name::retried::VERSION,
                    $name::recommended::VERSION,
                ],
            },
        )*];
    };
}

macro_rules! versions {
    ([$($retry:tt)*] $($shape:tt)*) => {
        $crate::matrix::version!(plain [] $($shape)*);
        $crate::matrix::version!(blocking [#[::etiquette::blocking]] $($shape)*);
        $crate::matrix::version!(limited [#[::etiquette::blocking(limit = 2)]] $($shape)*);
        $crate::matrix::version!(timed [#[::etiquette::with_timeout(5s)] #[::etiquette::blocking]] $($shape)*);
        $crate::matrix::version!(retried [#[::etiquette::retry($($retry)*)] #[::etiquette::blocking]] $($shape)*);
        $crate::matrix::version!(recommended
            [#[::etiquette::instrument_task]
             #[::etiquette::cancellable(future = ::core::future::pending::<()>())]
             #[::etiquette::fallback(with = |error| Err(error))]
             #[::etiquette::with_timeout(5s, total)]
             #[::etiquette::retry($($retry)*)]
             #[::etiquette::circuit_breaker]
             #[::etiquette::rate_limit(100, per = 1s)]
             #[::etiquette::with_timeout(1s, attempt)]
             #[::etiquette::concurrency_limit(16)]
             #[::etiquette::blocking]] $($shape)*);
    };
}
shapes! {
    copied: "`Copy` arguments" {
        async fn f(a: u8, b: u8) -> Result<u8, Error> { Ok(a + b) }
    } => f(1, 2).await;

    question_mark: "`?` and an early return" retry(clone(s)) {
        async fn f(s: String) -> Result<i32, Error> {
            if s.is_empty() { return Err(Error::Busy); }
            Ok(s.parse::<i32>()? + 1)
        }
    } => (f("7".to_owned()).await, f("x".to_owned()).await, f(String::new()).await);

    consumed: "arguments that the body consumes" retry(clone(s, list)) {
        async fn f(s: String, list: Vec<u8>) -> Result<Vec<u8>, Error> { Ok([s.into_bytes(), list].concat()) }
    } => f("ab".to_owned(), vec![1]).await;

    mut_argument: "a `mut` argument" retry(clone(s)) {
        async fn f(mut s: String) -> Result<String, Error> { s.push('!'); Ok(s) }
    } => f("ab".to_owned()).await;

    patterns: "patterns as parameters" retry(clone(a, b)) {
        async fn f((a, [b]): (String, [String; 1]), _: u8, _unused: u8) -> Result<String, Error> { Ok(a + &b) }
    } => f(("a".to_owned(), ["b".to_owned()]), 1, 2).await;

    forever: "a reference that lives for ever" {
        async fn f(s: &'static str) -> Result<&'static str, Error> { Ok(&s[1..]) }
    } => f("ab").await;

    unused_reference: "a reference that the body does not use" {
        async fn f(_s: &str, n: u8) -> Result<u8, Error> { Ok(n) }
    } => f("ab", 3).await;

    generics: "generics that are `Send` and `'static`" retry(clone(t))
    given { use std::fmt::Display; } {
        async fn f<T, const N: usize>(t: T) -> Result<String, Error>
        where
            T: Display + Send + Sync + Clone + 'static,
        {
            Ok(format!("{t} {N}"))
        }
    } => f::<_, 3>("t").await;

    impl_trait_argument: "an `impl Trait` argument" retry(clone(f)) {
        async fn f(f: impl Fn(u8) -> u8 + Send + Sync + Clone + 'static) -> Result<u8, Error> { Ok(f(1)) }
    } => f(|n| n + 1).await;

    items: "items, closures and loops in the body" {
        async fn f(n: u8) -> Result<u8, Error> {
            const MORE: u8 = 2;
            struct Local(u8);
            let add = |local: Local| -> Option<u8> { if local.0 == 0 { return None } local.0.checked_add(MORE) };
            let mut sum = 0;
            'outer: for i in 0..n {
                for j in 0..n {
                    if j > i { continue 'outer; }
                    sum += add(Local(i)).unwrap_or(j);
                }
            }
            Ok(sum)
        }
    } => f(3).await;

    inner_block: "an inner `async` block" {
        async fn f(n: u8) -> Result<Option<u8>, Error> {
            let mut later = std::pin::pin!(async { std::future::ready(n).await + 1 });
            let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
            match later.as_mut().poll(&mut cx) {
                std::task::Poll::Ready(n) => Ok(Some(n)),
                std::task::Poll::Pending => Ok(None),
            }
        }
    } => f(3).await;

    by_value: "`self`" retry(clone(by))
    given { struct Own(u32); } in { impl Own } {
        async fn f(self, by: Vec<u32>) -> Result<u32, Error> { Ok(self.0 + by.into_iter().sum::<u32>()) }
    } => Own(3).f(vec![2]).await;

    arc: "`self: Arc<Self>`" refused(retried recommended)
    given { struct Own(u32); } in { impl Own } {
        async fn f(self: Arc<Self>) -> Result<u32, Error> { Ok(self.0) }
    } => Arc::new(Own(3)).f().await;

    boxed_self: "`self: Box<Self>`" refused(retried recommended)
    given { struct Own(u32); } in { impl Own } {
        async fn f(self: Box<Self>) -> Result<u32, Error> { Ok(self.0) }
    } => Box::new(Own(3)).f().await;

    unused_self: "`&self`, which the body does not use"
    given { struct Own; } in { impl Own } {
        async fn f(&self, n: u8) -> Result<u8, Error> { Ok(n) }
    } => Own.f(3).await;

    trait_impl: "a native async method of a trait" refused(retried recommended)
    given { trait Native { async fn f(self: Arc<Self>) -> Result<u32, Error>; } struct Own(u32); }
    in { impl Native for Own } {
        async fn f(self: Arc<Self>) -> Result<u32, Error> { Ok(self.0) }
    } => Arc::new(Own(3)).f().await;

    async_trait_impl: "inside an `#[async_trait]` impl" retry(clone(s)) refused(retried recommended)
    given {
        #[async_trait] trait Boxed { async fn f(self: Arc<Self>, s: String) -> Result<usize, Error>; }
        struct Own(usize);
    } in { #[async_trait] impl Boxed for Own } {
        async fn f(self: Arc<Self>, s: String) -> Result<usize, Error> { Ok(self.0 + s.into_bytes().len()) }
    } => Arc::new(Own(3)).f("ab".to_owned()).await;

    boxed_by_hand: "a boxed future with statements before it" {
        fn f(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send>> {
            let m = n + 1;
            Box::pin(async move { Ok(m) })
        }
    } => f(1).await;

    async_block: "`impl Future`, ending in an `async` block" {
        fn f(n: u8) -> impl Future<Output = Result<u8, Error>> { async move { Ok(n) } }
    } => f(1).await;

    io_result: "`io::Result`" {
        async fn f(n: u8) -> io::Result<u8> { if n > 0 { Ok(n) } else { Err(io::ErrorKind::NotFound.into()) } }
    } => (f(1).await, f(0).await);

    unsized_coercion: "a coercion to `Box<dyn Trait>`" {
        async fn f(early: bool) -> Result<Box<dyn Debug + Send>, Error> {
            if early { return Ok(Box::new(1)); }
            Ok(Box::new("late"))
        }
    } => (f(true).await, f(false).await);

    recursion: "recursion" {
        async fn f(n: u64) -> Result<u64, Error> {
            fn sum(n: u64) -> u64 { if n == 0 { 0 } else { n + sum(n - 1) } }
            Ok(sum(n))
        }
    } => f(5).await;

    extern_c: "`extern \"C\"` and a restricted visibility" {
        #[expect(improper_ctypes_definitions, reason = "as with the plain function")]
        pub(in crate::matrix) async extern "C" fn f(n: u8) -> Result<u8, Error> { Ok(n) }
    } => f(1).await;
}
