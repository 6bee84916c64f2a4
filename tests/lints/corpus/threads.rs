//! Functions that own what they use and never wait: for a task of their own, and for a thread on which they may block.

use crate::{Error, Noisy};
use std::collections::BTreeMap;
use std::sync::Arc;

#[layers]
async fn early_return(text: String) -> Result<i32, Error> {
    if text.is_empty() {
        return Err(Error::Busy);
    }
    let number: i32 = text.parse()?;
    Ok(number)
}

#[layers]
async fn needless_return(flag: bool) -> Result<u8, Error> {
    let _ = flag;
    return Ok(1);
}

#[layers]
async fn empty() -> Result<(), Error> {
    Ok(())
}

#[layers]
async fn diverges() -> Result<u8, Error> {
    todo!()
}

#[layers]
async fn items() -> Result<u8, Error> {
    const BUDGET: u8 = 2;
    struct Local(u8);
    let map = BTreeMap::from([(1, Local(3))]);
    Ok(map[&1].0 + BUDGET)
}

#[layers]
async fn inner_attribute() -> Result<u8, Error> {
    #![allow(unused_variables, reason = "as written")]
    let unused = 1;
    Ok(2)
}

#[layers]
async fn closures(number: u8) -> Result<u8, Error> {
    let closure = |by: u8| -> u8 {
        if by > 0 {
            return by;
        }
        0
    };
    Ok(closure(number))
}

#[layers]
async fn wrong_in_many_ways(number: u8, unused: u8) -> Result<u8, Error> {
    let mut never_changed = number;
    let text = String::from("x").to_string();
    let clone = text.clone();
    if (never_changed == 1) == true {
        println!("{}", clone);
    }
    let noisy = Noisy::default();
    let _ = noisy.clone();
    let result: Result<u8, Error> = Ok(clone.len() as u8);
    result.unwrap();
    Ok(never_changed)
}

#[layers]
async fn owned(text: String, list: Vec<u8>, noisy: Noisy) -> Result<usize, Error> {
    Ok(text.len() + list.len() + noisy.0.len())
}

#[layers]
async fn ignored(_: Noisy, _held: Noisy, (left, _): (u8, u8)) -> Result<u8, Error> {
    Ok(left)
}

#[layers]
async fn generic<T, const N: usize>(list: [T; N]) -> Result<usize, Error>
where
    T: Copy + Into<usize> + Send + Sync + 'static,
{
    Ok(list.iter().map(|item| (*item).into()).sum())
}

/// A service.
#[derive(Debug)]
pub struct Service {
    calls: u32,
}

impl Service {
    #[layers(not(stack, retry, recommended))]
    async fn arc(self: Arc<Self>, by: u32) -> Result<u32, Error> {
        Ok(self.calls + by)
    }

    #[layers]
    async fn no_self(number: u32) -> Result<Self, Error> {
        Ok(Service { calls: number })
    }
}
