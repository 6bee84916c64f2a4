//! Functions by what they return, and functions that do not say `async`.

use super::shapes;
use crate::{Error, tick};
use std::fmt::Debug;
use std::io;
use std::pin::Pin;

shapes! {
    own_alias: "an alias of `Result`"
    given { type Own<T> = Result<T, Error>; } {
        async fn f(n: u8) -> Own<u8> { tick().await; Ok(n) }
    } => f(1).await;

    io_result: "`io::Result`" {
        async fn f(n: u8) -> io::Result<u8> { tick().await; if n > 0 { Ok(n) } else { Err(io::ErrorKind::NotFound.into()) } }
    } => (f(1).await, f(0).await);

    of_anyhow: "`anyhow::Result`" retry(when = |e| ::etiquette::classify_chain(e.as_ref())) refused(shield) {
        async fn f(s: &str) -> anyhow::Result<u8> { tick().await; Ok(s.parse()?) }
    } => (f("1").await.ok(), f("x").await.map_err(|error| error.to_string()));

    boxed_error: "`Box<dyn Error + Send + Sync>`" refused(shield) {
        async fn f(s: &str) -> Result<u8, Box<dyn std::error::Error + Send + Sync>> { tick().await; Ok(s.parse()?) }
    } => (f("1").await, f("x").await);

    unsized_coercion: "a coercion to `Box<dyn Trait>`" refused(shield) {
        async fn f(early: bool) -> Result<Box<dyn Debug>, Error> {
            if early { return Ok(Box::new(1)); }
            tick().await;
            Ok(Box::new("late"))
        }
    } => (f(true).await, f(false).await);

    bounded_object: "a bounded trait object" refused(shield) {
        async fn f(d: &dyn Fn() -> u8) -> Result<Box<dyn Fn() -> u8 + '_>, Error> {
            tick().await;
            Ok(Box::new(move || d() + 1))
        }
    } => f(&|| 1).await.map(|f| f());

    opaque_inside: "`impl Trait` inside the result" {
        async fn f(n: u32) -> Result<(impl Iterator<Item = u32>, impl Fn(u32) -> u32), Error> {
            tick().await;
            Ok((0..n, move |x| x + n))
        }
    } => f(3).await.map(|(list, add)| (list.count(), add(1)));

    option: "`Option`" stop(or_return = None) retry(when_result = |found| found.is_none()) refused(circuit_breaker fallback shield keyed recommended) {
        async fn f(list: &[u8]) -> Option<u8> {
            let Some(first) = list.first() else { return None };
            tick().await;
            Some(*first + *list.get(1)?)
        }
    } => (f(&[1, 2]).await, f(&[1]).await, f(&[]).await);

    unit: "nothing at all" stop(or_return = ()) retry(when_result = |_| false) refused(circuit_breaker fallback hedge shield keyed recommended) {
        async fn f(list: &mut Vec<u8>) { list.push(1); tick().await; }
    } => { let mut list = vec![]; f(&mut list).await; list };

    number: "a number" stop(or_return = 0) retry(when_result = |n| *n == 0) refused(circuit_breaker fallback keyed recommended) {
        async fn f(n: u32) -> u32 { tick().await; n + 1 }
    } => f(1).await;

    boxed_by_hand: "a boxed future with statements before it" {
        fn f(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send>> {
            let m = n + 1;
            Box::pin(async move { tick().await; Ok(m) })
        }
    } => f(1).await;

    async_block: "`impl Future`, ending in an `async` block" {
        fn f(n: u8) -> impl Future<Output = Result<u8, Error>> {
            async move { tick().await; Ok(n) }
        }
    } => f(1).await;

    extern_c: "`extern \"C\"` and a restricted visibility" {
        #[expect(improper_ctypes_definitions, reason = "as with the plain function")]
        pub(in crate::matrix) async extern "C" fn f(n: u8) -> Result<u8, Error> { tick().await; Ok(n) }
    } => f(1).await;
}
