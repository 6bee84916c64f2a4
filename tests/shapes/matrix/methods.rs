//! Methods: every receiver, traits, `#[async_trait]`.

use super::shapes;
use crate::{Error, tick};
use async_trait::async_trait;
use std::pin::Pin;
use std::sync::Arc;

#[derive(Debug, Clone)]
struct Counter {
    value: u32,
    list: Vec<u8>,
}

fn counter() -> Counter {
    Counter {
        value: 3,
        list: vec![1, 2],
    }
}

shapes! {
    shared: "`&self`, returning a borrow" refused(shield)
    given { struct Own(Counter); } in { impl Own } {
        async fn f(&self) -> Result<&[u8], Error> { tick().await; Ok(&self.0.list) }
    } => Own(counter()).f().await;

    exclusive: "`&mut self`" refused(hedge shield)
    given { struct Own(Counter); } in { impl Own } {
        async fn f(&mut self, by: u32) -> Result<u32, Error> { self.0.value += by; tick().await; Ok(self.0.value) }
    } => { let mut own = Own(counter()); (own.f(2).await, own.f(3).await) };

    by_value: "`self`"
    given { struct Own(Counter); } in { impl Own } {
        async fn f(self, by: u32) -> Result<u32, Error> { tick().await; Ok(self.0.value + by) }
    } => Own(counter()).f(2).await;

    arc: "`self: Arc<Self>`"
    given { struct Own(Counter); } in { impl Own } {
        async fn f(self: Arc<Self>) -> Result<u32, Error> { tick().await; Ok(self.0.value) }
    } => Arc::new(Own(counter())).f().await;

    boxed_self: "`self: Box<Self>`"
    given { struct Own(Counter); } in { impl Own } {
        async fn f(self: Box<Self>) -> Result<u32, Error> { tick().await; Ok(self.0.value) }
    } => Box::new(Own(counter())).f().await;

    pinned: "`self: Pin<&mut Self>`" refused(shield)
    given { struct Own(Counter); } in { impl Own } {
        async fn f(self: Pin<&mut Self>) -> Result<u32, Error> { tick().await; Ok(self.0.value) }
    } => Pin::new(&mut Own(counter())).f().await;

    typed_reference: "`self: &Self`" refused(shield)
    given { struct Own(Counter); } in { impl Own } {
        async fn f(self: &Self) -> Result<u32, Error> { tick().await; Ok(self.0.value) }
    } => Own(counter()).f().await;

    mentions_self: "`self` in macros, `Self` as constructor" refused(shield)
    given { #[derive(Debug)] struct Own(u32); } in { impl Own } {
        async fn f(&self) -> Result<(Self, String), Error> {
            macro_rules! value { () => { self.0 } }
            let Self(n) = self;
            tick().await;
            Ok((Self(*n), format!("{} {}", self.0, value!())))
        }
    } => Own(3).f().await;

    of_the_impl: "the lifetime of the impl block" refused(shield)
    given { struct Text<'a>(&'a str); } in { impl<'a> Text<'a> } {
        async fn f(&self) -> Result<&'a str, Error> { tick().await; Ok(self.0) }
    } => Text("t").f().await;

    trait_impl: "a native async method of a trait" refused(hedge shield)
    given {
        trait Native { async fn f(&mut self, s: &str) -> Result<usize, Error>; }
        struct Own(Counter);
        trait Uses { const K: usize; }
        impl Uses for Own { const K: usize = 2; }
        impl Own { fn next(&mut self) -> usize { self.0.list.push(1); self.0.list.len() } }
    } in { impl Native for Own } {
        async fn f(&mut self, s: &str) -> Result<usize, Error> { tick().await; Ok(self.next() + s.len() * Self::K) }
    } => Own(counter()).f("ab").await;

    default_body: "a default body in a trait" refused(shield)
    given {
        trait Base { const K: u8; type Out: From<u8>; }
        struct Own;
        impl Base for Own { const K: u8 = 3; type Out = u64; }
        impl Native for Own {}
    } in { trait Native: Base } {
        async fn f(&self) -> Result<Self::Out, Error> where Self: Sized { tick().await; Ok(Self::K.into()) }
    } => Own.f().await;

    async_trait_impl: "inside an `#[async_trait]` impl" refused(hedge shield)
    given {
        #[async_trait] trait Boxed { async fn f(&mut self, s: String, n: &u8) -> Result<usize, Error>; }
        struct Own(Counter);
    } in { #[async_trait] impl Boxed for Own } {
        async fn f(&mut self, s: String, n: &u8) -> Result<usize, Error> {
            self.0.list.push(*n);
            tick().await;
            Ok(self.0.list.len() + s.len())
        }
    } => Own(counter()).f("ab".to_owned(), &1).await;

    async_trait_consumed: "the same, consuming an argument" retry(clone(s)) hedge(clone(s))
    given {
        #[async_trait] trait Boxed { async fn f(&self, s: String) -> Result<Vec<u8>, Error>; }
        struct Own;
    } in { #[async_trait] impl Boxed for Own } {
        async fn f(&self, s: String) -> Result<Vec<u8>, Error> { tick().await; Ok(s.into_bytes()) }
    } => Own.f("ab".to_owned()).await;

    async_trait_arc: "inside an `#[async_trait]` impl, `self: Arc<Self>`"
    given {
        #[async_trait] trait Boxed { async fn f(self: Arc<Self>, n: u32) -> Result<u32, Error>; }
        struct Own(Counter);
    } in { #[async_trait] impl Boxed for Own } {
        async fn f(self: Arc<Self>, n: u32) -> Result<u32, Error> { tick().await; Ok(self.0.value + n) }
    } => Arc::new(Own(counter())).f(2).await;

    async_trait_default: "a default body under `#[async_trait]`"
    given { struct Own; impl Boxed for Own {} } in { #[async_trait] trait Boxed } {
        async fn f(&self, s: String) -> Result<usize, Error> where Self: Sync { tick().await; Ok(s.len()) }
    } => Own.f("ab".to_owned()).await;
}
