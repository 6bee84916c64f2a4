//! `async unsafe fn`, in a crate that allows it (H77).

#![deny(warnings)]
#![cfg(test)]

use etiquette::{
    Class, Stopped, cancellable, circuit_breaker, concurrency_limit, fallback, hedge, instrument_task,
    rate_limit, retry, shield, with_timeout,
};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

#[instrument_task]
async unsafe fn watched(p: *const u8) -> u8 {
    unsafe { *p }
}

#[cancellable(future = std::future::pending::<()>())]
#[with_timeout(5s)]
pub(crate) async unsafe fn limited(p: *const u8) -> Result<u8, Stopped> {
    // SAFETY: the caller says that `p` points at a byte.
    Ok(unsafe { p.read() })
}

#[retry(attempts = 3, constant(0s), when = |_| Class::Transient)]
#[with_timeout(5s, attempt)]
async unsafe fn retried(p: *mut u8) -> Result<u8, Stopped> {
    let n = unsafe { &mut *p };
    *n += 1;
    if *n < 3 {
        return Err(etiquette::TimedOut::new("retried", None).into());
    }
    Ok(*n)
}

#[fallback(Ok(unsafe { *p }))]
#[with_timeout(5s, total)]
#[retry(when = any)]
#[circuit_breaker]
#[rate_limit(100, per = 1s)]
#[with_timeout(1s, attempt)]
#[concurrency_limit(16)]
async unsafe fn recommended(p: *const u8) -> Result<u8, Stopped> {
    Ok(unsafe { *p })
}

#[hedge(after = 50ms)]
async unsafe fn hedged(p: *const u8) -> Result<u8, Stopped> {
    Ok(unsafe { *p })
}

#[shield]
async unsafe fn shielded(p: usize) -> usize {
    p
}

struct Service(u8);

impl Service {
    #[with_timeout(5s)]
    async unsafe fn method(&mut self, p: *const u8) -> Result<u8, Stopped> {
        self.0 += unsafe { *p };
        Ok(self.0)
    }
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
fn unsafe_functions_stay_unsafe() {
    let mut n = 1;
    assert_eq!(now(unsafe { watched(&n) }), 1);
    assert_eq!(now(unsafe { limited(&n) }), Ok(1));
    assert_eq!(now(unsafe { retried(&mut n) }), Ok(3));
    assert_eq!(now(unsafe { recommended(&n) }), Ok(3));
    assert_eq!(now(unsafe { hedged(&n) }), Ok(3));
    // Never polled: it would ask for a runtime.
    drop(unsafe { shielded(1) });
    let mut service = Service(2);
    assert_eq!(now(unsafe { service.method(&n) }), Ok(5));
    let _: unsafe fn(*const u8) -> _ = watched;
}
