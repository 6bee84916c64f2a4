//! A crate that has our attributes from a facade and does not depend on us (H129).

#![deny(warnings)]
#![cfg(test)]

use manners::{
    Classify, Stopped, cancellable, circuit_breaker, concurrency_limit, fallback, hedge, instrument_task,
    rate_limit, retry, retrying, with_timeout,
};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

#[derive(Debug, PartialEq, Classify)]
#[classify(otherwise = permanent, crate = ::manners::__reexport::etiquette)]
enum Error {
    Stopped(Stopped),
    #[transient]
    Busy,
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

#[instrument_task(fields(n), err(Debug), crate = ::manners::__reexport::etiquette)]
#[cancellable(future = std::future::pending::<()>(), crate = ::manners::__reexport::etiquette)]
#[with_timeout(30s, total, crate = ::manners::__reexport::etiquette)]
#[retry(attempts = 3, constant(0s), attempt = at, crate = ::manners::__reexport::etiquette)]
#[with_timeout(5s, attempt, crate = ::manners::__reexport::etiquette)]
async fn through_the_facade(n: u32) -> Result<u32, Error> {
    if at.is_last { Ok(n) } else { Err(Error::Busy) }
}

#[fallback(Ok(n), crate = ::manners::__reexport::etiquette)]
#[hedge(after = 50ms, crate = ::manners::__reexport::etiquette)]
#[circuit_breaker(slow_call = 1s, crate = ::manners::__reexport::etiquette)]
#[rate_limit(1, per = 1h, key = n, wait = none, crate = ::manners::__reexport::etiquette)]
#[concurrency_limit(4, wait = none, crate = ::manners::__reexport::etiquette)]
async fn limited_through_the_facade(n: u32, sum: u32) -> Result<u32, Error> {
    Ok(n + sum)
}

#[manners::shield(crate = ::manners::__reexport::etiquette)]
async fn shielded() -> u32 {
    5
}

#[manners::blocking(limit = 1, crate = ::manners::__reexport::etiquette)]
async fn on_a_thread() -> u32 {
    6
}

#[manners::with_timeout(5s, crate = ::manners::__reexport::etiquette)]
async fn one_layer() -> Result<u32, Error> {
    Ok(2)
}

manners::tried_again! {
    /// Written by the facade's macro.
    async fn by_the_facades_macro(count: &mut u32) -> Result<u32, Error> {
        *count += 1;
        if *count < 3 { Err(Error::Busy) } else { Ok(*count) }
    }
}

async fn by_hand() -> Result<u32, Error> {
    retrying!(crate = ::manners::__reexport::etiquette, async {
        Ok::<_, Error>(4)
    })
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
fn the_facade_is_enough() {
    assert_eq!(now(through_the_facade(1)), Ok(1));
    assert_eq!(now(one_layer()), Ok(2));
    assert_eq!(now(by_the_facades_macro(&mut 0)), Ok(3));
    assert_eq!(now(by_hand()), Ok(4));
    assert_eq!(now(limited_through_the_facade(5, 1)), Ok(6));
    assert_eq!(now(limited_through_the_facade(5, 1)), Ok(5));
    // Never polled: they would ask for a runtime.
    drop((shielded(), on_a_thread()));
}
