//! A crate that calls us by another name (H128): `crate = ::manners` on one attribute of a stack is enough.

#![deny(warnings)]
#![cfg(test)]

use manners::{Class, Classify, Stopped, cancellable, instrument_task, retry, retrying, with_timeout};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tokio_util::sync::CancellationToken;

#[derive(Debug, PartialEq, Classify)]
#[classify(crate = ::manners)]
enum Error {
    #[classify(inner)]
    Stopped(Stopped),
    #[transient]
    Busy,
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

#[cancellable(crate = ::manners)]
async fn cancelled(token: CancellationToken) -> Result<u32, Error> {
    let _ = token.is_cancelled();
    Ok(1)
}

#[with_timeout(5s, crate = ::manners)]
async fn timed() -> Result<u32, Error> {
    Ok(2)
}

#[retry(crate = ::manners)]
async fn retried() -> Result<u32, Error> {
    Ok(3)
}

#[instrument_task(fields(n), err(Debug), crate = ::manners)]
async fn watched(n: u32) -> Result<u32, Error> {
    Ok(n)
}

#[instrument_task(fields(n))]
#[cancellable]
#[with_timeout(30s, total)]
#[retry(attempts = 3, constant(0s), clone(n), attempt = at, crate = ::manners)]
#[with_timeout(5s, attempt)]
async fn crate_in_the_middle(token: &CancellationToken, n: u32) -> Result<u32, Error> {
    let moved = n;
    if at.is_last { Ok(moved) } else { Err(Error::Busy) }
}

#[with_timeout(30s, total)]
#[retry(attempts = 3, constant(0s))]
#[with_timeout(5s, attempt, crate = ::manners)]
async fn crate_below() -> Result<u32, Error> {
    Ok(6)
}

async fn by_hand() -> Result<u32, Error> {
    retrying!(
        attempts = 2,
        constant(0s),
        crate = ::manners,
        attempt = at,
        async { if at.is_last { Ok(7) } else { Err(Error::Busy) } }
    )
    .await
}

fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..99 {
        if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
            return out;
        }
    }
    panic!("still pending")
}

#[test]
fn the_other_name_is_used() {
    let token = CancellationToken::new();
    assert_eq!(now(cancelled(token.clone())), Ok(1));
    assert_eq!(now(timed()), Ok(2));
    assert_eq!(now(retried()), Ok(3));
    assert_eq!(now(watched(4)), Ok(4));
    assert_eq!(now(crate_in_the_middle(&token, 5)), Ok(5));
    assert_eq!(now(crate_below()), Ok(6));
    assert_eq!(now(by_hand()), Ok(7));
    assert_eq!(Error::Busy.class(), Class::Transient);
}
