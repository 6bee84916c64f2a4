//! What the user's own body does wrong. A comment at the end of a line names a lint, and the word that it underlines.

use crate::{Error, SHARED, tick};

#[layers]
async fn never_called() -> Result<u8, Error> { //~ dead_code: never_called
    tick().await;
    Ok(1)
}

#[layers]
pub async fn unused_argument(number: u8, unused: u8) -> Result<u8, Error> { //~ unused_variables: unused: u8
    tick().await;
    Ok(number)
}

#[layers]
pub async fn unused_variable() -> Result<u8, Error> {
    let unused = 1; //~ unused_variables: unused
    tick().await;
    Ok(1)
}

#[layers]
pub async fn unused_mut(number: u8) -> Result<u8, Error> {
    let mut never_changed = number; //~ unused_mut: mut
    tick().await;
    Ok(never_changed)
}

#[layers]
pub async fn unused_assignment(number: u8) -> Result<u8, Error> {
    let mut changed = number;
    let read = changed;
    tick().await;
    changed = 2; //~ unused_assignments: changed
    Ok(read)
}

#[layers]
pub async fn unused_result() -> Result<u8, Error> {
    unused_mut(1).await; //~ unused_must_use: unused_mut
    tick(); //~ unused_must_use: tick
    Ok(1)
}

#[layers]
pub async fn unreachable(number: u8) -> Result<u8, Error> {
    tick().await;
    return Ok(number);
    tick().await; //~ unreachable_code: tick
    Ok(number)
}

#[layers(not(shield))]
pub async fn guard_across_await() -> Result<u8, Error> {
    let guard = SHARED.lock().map_err(|_| Error::Busy)?; //~ clippy::await_holding_lock: guard
    tick().await;
    Ok(*guard)
}

#[layers]
pub async fn dropped_future() -> Result<u8, Error> {
    let _ = tick(); //~ clippy::let_underscore_future: let
    tick().await;
    Ok(1)
}

#[layers(not(shield))]
pub async fn style(list: &[u8]) -> Result<bool, Error> {
    tick().await;
    let empty = list.len() == 0; //~ clippy::len_zero: list
    Ok(empty)
}

#[layers]
pub async fn deprecated() -> Result<u8, Error> {
    #[deprecated]
    const OLD: u8 = 1;
    tick().await;
    Ok(OLD) //~ deprecated: OLD
}
