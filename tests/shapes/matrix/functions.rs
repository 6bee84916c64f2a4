//! Functions by what they take: arguments, lifetimes, generics, patterns.

use super::shapes;
use crate::{Error, tick};

shapes! {
    copy_and_str: "`Copy` and `&str` arguments" refused(shield) {
        async fn f(n: usize, s: &str) -> Result<usize, Error> { tick().await; Ok(n + s.len()) }
    } => f(1, "ab").await;

    string_borrowed: "a `String` that the body borrows" {
        async fn f(s: String) -> Result<usize, Error> { tick().await; Ok(s.len()) }
    } => f("ab".to_owned()).await;

    string_consumed: "a `String` that the body consumes" retry(clone(s)) hedge(clone(s)) {
        async fn f(s: String) -> Result<Vec<u8>, Error> { tick().await; Ok(s.into_bytes()) }
    } => f("ab".to_owned()).await;

    mut_argument: "a `mut` argument" retry(clone(s)) hedge(clone(s)) {
        async fn f(mut s: String) -> Result<String, Error> { s.push('!'); tick().await; Ok(s) }
    } => f("ab".to_owned()).await;

    exclusive_argument: "a `&mut` argument" refused(hedge shield) {
        async fn f(list: &mut Vec<u8>) -> Result<usize, Error> { list.push(1); tick().await; Ok(list.len()) }
    } => { let mut list = vec![2]; (f(&mut list).await, list) };

    colliding_names: "arguments called `result`, `attempt`, `delay`" {
        async fn f(result: u8, attempt: u8, delay: u8) -> Result<u8, Error> {
            tick().await;
            Ok(result * 100 + attempt * 10 + delay)
        }
    } => f(1, 2, 3).await;

    raw_names: "raw identifiers" {
        async fn r#type(r#match: u8, __etq_out: u8) -> Result<u8, Error> { tick().await; Ok(r#match + __etq_out) }
    } => r#type(1, 2).await;

    two_elided: "two references, lifetimes left out" refused(shield) {
        async fn f(a: &str, b: &'_ str) -> Result<usize, Error> { tick().await; Ok(a.len() + b.len()) }
    } => f("ab", "c").await;

    elided_output: "a borrowed result" refused(shield) {
        async fn f(a: &str) -> Result<&str, Error> { tick().await; Ok(&a[1..]) }
    } => f("ab").await;

    hidden_lifetime: "a lifetime hidden in a path" refused(shield)
    given { struct Held<'a, T>(&'a T); } {
        async fn f(held: Held<'_, u8>) -> Result<u8, Error> { tick().await; Ok(*held.0) }
    } => f(Held(&3)).await;

    outlives: "named lifetimes with a bound" refused(shield) {
        async fn f<'a, 'b: 'a>(x: &'a str, y: &'b str) -> Result<&'a str, Error> {
            tick().await;
            Ok(if x.is_empty() { y } else { x })
        }
    } => f("", "b").await;

    higher_ranked: "a higher-ranked bound" refused(shield) {
        async fn f<F>(f: F) -> Result<usize, Error>
        where
            F: for<'x> Fn(&'x str) -> &'x str,
        {
            tick().await;
            Ok(f("abc").len())
        }
    } => f(|s| &s[1..]).await;

    dyn_argument: "a `&mut dyn Trait` argument" refused(hedge shield) {
        async fn f(d: &mut dyn Iterator<Item = u8>) -> Result<Option<u8>, Error> { tick().await; Ok(d.next()) }
    } => f(&mut [1, 2].into_iter()).await;

    callback: "a boxed closure that is not `Sync`" {
        async fn f(callback: Box<dyn Fn() -> u8 + Send>) -> Result<u8, Error> { tick().await; Ok(callback()) }
    } => f(Box::new(|| 3)).await;

    generics: "generics, a lifetime, a where clause" refused(shield)
    given { use std::fmt::Debug; } {
        async fn f<'a, T>(t: &'a T, name: &'a str) -> Result<String, Error>
        where
            T: Debug + ?Sized,
        {
            tick().await;
            Ok(format!("{name} {t:?}"))
        }
    } => f(&[1][..], "list").await;

    const_generics: "a const parameter" refused(shield) {
        async fn f<T: Copy, const N: usize>(a: [T; N]) -> Result<([T; N], usize), Error> { tick().await; Ok((a, N)) }
    } => f([1, 2, 3]).await;

    impl_trait_argument: "`impl Trait` arguments" refused(shield) {
        async fn f(i: impl IntoIterator<Item = impl Into<u64>> + Clone) -> Result<u64, Error> {
            tick().await;
            Ok(i.clone().into_iter().map(Into::into).sum())
        }
    } => f([1_u8, 2]).await;

    closure_of_a_future: "a closure that returns a future" refused(shield) {
        async fn f<F, Fut>(f: F) -> Result<u8, Error>
        where
            F: Fn(u8) -> Fut,
            Fut: Future<Output = u8>,
        {
            Ok(f(1).await)
        }
    } => f(|n| async move { n + 1 }).await;

    patterns: "patterns as parameters"
    given { struct Wrapped(u8); } {
        async fn f((a, b): (u8, u8), [c]: [u8; 1], Wrapped(d): Wrapped, &e: &u8, h @ 0..=255: u8) -> Result<u8, Error> {
            tick().await;
            Ok(a + b + c + d + e + h)
        }
    } => f((1, 2), [3], Wrapped(4), &5, 6).await;

    patterns_consumed: "patterns whose parts the body consumes" retry(clone(a, b)) hedge(clone(a, b)) {
        async fn f((a, [b]): (String, [String; 1])) -> Result<Vec<u8>, Error> {
            tick().await;
            Ok([a.into_bytes(), b.into_bytes()].concat())
        }
    } => f(("a".to_owned(), ["b".to_owned()])).await;

    wildcards: "wildcards as parameters" {
        async fn f(_: u8, _: String, _unused: u8) -> Result<u8, Error> { tick().await; Ok(1) }
    } => f(1, String::new(), 2).await;

    conditional: "a parameter under `#[cfg]`" {
        async fn f(#[cfg(any())] fd: i32, #[cfg(all())] n: i32) -> Result<i32, Error> { tick().await; Ok(n) }
    } => f(3).await;

    large: "a large argument" {
        async fn f(b: [u8; 1024]) -> Result<u8, Error> { tick().await; Ok(b[1023]) }
    } => f([7; 1024]).await;
}
