//! Signatures of every kind, methods too.

use crate::{Error, Noisy, tick};
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A type with a lifetime.
#[derive(Debug)]
pub struct Held<'a, T>(&'a T);

#[layers(not(shield))]
/// Documented.
pub async fn documented(name: &str) -> Result<usize, Error> {
    tick().await;
    Ok(name.len())
}

#[layers(not(shield))]
#[must_use]
#[inline]
pub async fn inlined<T: Debug + Sync>(value: &T) -> Result<String, Error> {
    tick().await;
    Ok(format!("{value:?}"))
}

#[layers(not(shield))]
async fn two_elided(left: &str, right: &'_ str) -> Result<usize, Error> {
    tick().await;
    Ok(left.len() + right.len())
}

#[layers(not(shield))]
async fn elided_output(text: &str) -> Result<&str, Error> {
    tick().await;
    Ok(text)
}

#[layers(not(shield))]
async fn hidden_in_a_path(held: Held<'_, u8>) -> Result<u8, Error> {
    tick().await;
    Ok(*held.0)
}

#[layers(not(shield))]
async fn named<'a, 'b: 'a>(left: &'a str, right: &'b str, longer: bool) -> Result<&'a str, Error> {
    tick().await;
    Ok(if longer { right } else { left })
}

#[layers(not(shield))]
async fn single_use<'a>(text: &'a str) -> Result<usize, Error> {
    tick().await;
    Ok(text.len())
}

#[layers]
async fn unused_lifetime<'a>(number: u8) -> Result<u8, Error> {
    tick().await;
    Ok(number)
}

#[layers]
async fn qualified(value: std::option::Option<u8>) -> std::result::Result<u8, Error> {
    tick().await;
    value.ok_or(Error::Busy)
}

// Two runs at once share what they use: it would have to be `Sync`.
#[layers(not(hedge, shield))]
async fn generic<T, const N: usize>(list: [T; N], by: impl Fn(T) -> u8) -> Result<u8, Error>
where
    T: Copy,
{
    tick().await;
    Ok(list.iter().map(|item| by(*item)).sum())
}

#[layers]
async fn owned(text: String, list: Vec<u8>, noisy: Noisy) -> Result<usize, Error> {
    tick().await;
    Ok(text.len() + list.len() + noisy.0.len())
}

#[layers]
async fn ignored(_: Noisy, _held: Noisy, (left, _): (u8, u8)) -> Result<u8, Error> {
    tick().await;
    Ok(left)
}

// As above.
#[layers(not(hedge))]
async fn callback(callback: Box<dyn Fn() -> u8 + Send>) -> Result<u8, Error> {
    tick().await;
    Ok(callback())
}

#[layers(not(hedge, shield))]
async fn exclusive_argument(list: &mut Vec<u8>) -> Result<usize, Error> {
    list.push(1);
    tick().await;
    Ok(list.len())
}

#[layers]
async fn too_many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> Result<u8, Error> {
    tick().await;
    Ok(a + b + c + d + e + f + g + h)
}

#[layers]
fn boxed(number: u8) -> Pin<Box<dyn Future<Output = Result<u8, Error>> + Send>> {
    let more = number + 1;
    Box::pin(async move {
        tick().await;
        Ok(more)
    })
}

/// A service.
#[derive(Debug)]
pub struct Service {
    calls: u32,
    list: Vec<u8>,
}

impl Service {
    #[layers(not(shield))]
    pub async fn shared(&self) -> Result<&[u8], Error> {
        tick().await;
        Ok(&self.list)
    }

    #[layers(not(hedge, shield))]
    async fn exclusive(&mut self) -> Result<u32, Error> {
        self.calls += 1;
        tick().await;
        Ok(self.calls)
    }

    #[layers]
    async fn by_value(self) -> Result<u32, Error> {
        tick().await;
        Ok(self.calls)
    }

    #[layers]
    async fn arc(self: Arc<Self>, by: u32) -> Result<u32, Error> {
        tick().await;
        Ok(self.calls + by)
    }

    #[layers]
    async fn no_self(number: u32) -> Result<Self, Error> {
        tick().await;
        Ok(Service {
            calls: number,
            list: Vec::new(),
        })
    }

    #[layers(not(shield))]
    async fn recursive(&self, depth: u32) -> Result<u32, Error> {
        if depth == 0 {
            return Ok(0);
        }
        Box::pin(self.recursive(depth - 1)).await
    }
}
