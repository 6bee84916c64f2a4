//! A crate that calls us by another name (H128): `crate = ::manners` on one attribute of a stack is enough.

#![deny(warnings)]
#![cfg(test)]

use manners::{
    Class, Classify, Stopped, blocking, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, rate_limit, retry, retrying, shield, with_timeout,
};
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

#[circuit_breaker(consecutive = 1, slow_call = 1s, when = |e| *e == Error::Busy, crate = ::manners)]
async fn guarded() -> Result<u32, Error> {
    Err(Error::Busy)
}

#[concurrency_limit(4, wait = 1s, queue = 2, crate = ::manners)]
async fn one_of_four() -> Result<u32, Error> {
    Ok(9)
}

#[rate_limit(1, per = 1h, wait = none, key = n, crate = ::manners)]
async fn once_an_hour(n: u32) -> Result<u32, Error> {
    Ok(n)
}

#[hedge(after = 50ms, attempts = 3, clone(text), key = 1, crate = ::manners)]
async fn hedged(text: String) -> Result<u32, Error> {
    text.parse().map_err(|_| Error::Busy)
}

#[fallback(with = |_| Ok(11), when = |e| *e == Error::Busy, crate = ::manners)]
async fn replaced() -> Result<u32, Error> {
    Err(Error::Busy)
}

#[shield(crate = ::manners)]
async fn shielded() -> Result<u32, Error> {
    Ok(12)
}

#[blocking(limit = 2, crate = ::manners)]
async fn on_a_thread() -> Result<u32, Error> {
    Ok(13)
}

#[instrument_task]
#[cancellable]
#[fallback(Ok(0))]
#[with_timeout(30s, total)]
#[retry(attempts = 3, constant(0s), attempt = at)]
#[circuit_breaker]
#[rate_limit(100, per = 1s)]
#[with_timeout(5s, attempt)]
#[concurrency_limit(16, crate = ::manners)]
async fn recommended(token: &CancellationToken) -> Result<u32, Error> {
    if at.is_last { Ok(14) } else { Err(Error::Busy) }
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
    assert_eq!(now(guarded()), Err(Error::Busy));
    assert!(matches!(now(guarded()), Err(Error::Stopped(stopped)) if stopped.is_refusal()));
    assert_eq!(now(one_of_four()), Ok(9));
    assert_eq!(now(once_an_hour(10)), Ok(10));
    assert!(matches!(now(once_an_hour(10)), Err(Error::Stopped(stopped)) if stopped.is_refusal()));
    assert_eq!(now(hedged("10".to_owned())), Ok(10));
    assert_eq!(now(replaced()), Ok(11));
    // Never polled: they would ask for a runtime.
    drop((shielded(), on_a_thread()));
    assert_eq!(now(recommended(&token)), Ok(14));
    assert_eq!(Error::Busy.class(), Class::Transient);
}
