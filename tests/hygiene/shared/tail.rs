//! What editions differ in, as without attributes: a temporary in the body's tail (H57) is dropped after the body's
//! locals in edition 2021 and before them in 2024; what an opaque result captures (H25).

use super::BEFORE_LOCALS;
use etiquette::{
    cancellable, circuit_breaker, concurrency_limit, fallback, hedge, instrument_task, rate_limit, retry,
    with_timeout, Stopped,
};
use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

thread_local!(static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) });

struct Noisy(&'static str);

impl Noisy {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with(|dropped| dropped.borrow_mut().push(self.0));
    }
}

macro_rules! tail {
    ($($name:ident $(#[$attr:meta])*;)*) => { $(
        $(#[$attr])*
        async fn $name() -> Result<usize, Stopped> {
            let _local = Noisy("local");
            Ok(Noisy("temporary").len())
        }
    )* };
}
tail! {
    plain;
    watched #[instrument_task];
    cancelled #[cancellable(future = std::future::pending::<()>())];
    timed #[with_timeout(5s)];
    retried #[retry(attempts = 2)];
    stacked #[instrument_task] #[with_timeout(5s, total)] #[retry(attempts = 2)] #[with_timeout(1s, attempt)];
    guarded #[circuit_breaker];
    one_of_four #[concurrency_limit(4, wait = none)];
    one_of_a_hundred #[rate_limit(100, per = 1s, wait = none)];
    hedged #[hedge(after = 50ms)];
    replaced #[fallback(Ok(0))];
    recommended
        #[instrument_task] #[fallback(with = Err)] #[with_timeout(5s, total)] #[retry] #[circuit_breaker]
        #[rate_limit(100, per = 1s)] #[with_timeout(1s, attempt)] #[concurrency_limit(16)];
}

fn dropped<F: Future<Output = Result<usize, Stopped>>>(future: F) -> Vec<&'static str> {
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(pin!(future).as_mut().poll(&mut cx), Poll::Ready(Ok(9)));
    DROPPED.with(RefCell::take)
}

#[test]
fn a_temporary_in_the_tail_is_dropped_when_the_edition_says() {
    let plain = dropped(plain());
    let first = if BEFORE_LOCALS { "temporary" } else { "local" };
    assert_eq!(plain[0], first, "of two: {plain:?}");
    assert_eq!(dropped(watched()), plain);
    assert_eq!(dropped(cancelled()), plain);
    assert_eq!(dropped(timed()), plain);
    assert_eq!(dropped(retried()), plain);
    assert_eq!(dropped(stacked()), plain);
    assert_eq!(dropped(guarded()), plain);
    assert_eq!(dropped(one_of_four()), plain);
    assert_eq!(dropped(one_of_a_hundred()), plain);
    assert_eq!(dropped(hedged()), plain);
    assert_eq!(dropped(replaced()), plain);
    assert_eq!(dropped(recommended()), plain);
}

macro_rules! captures {
    ($($name:ident $(#[$attr:meta])*;)*) => { $(
        $(#[$attr])*
        async fn $name(a: &u8, list: &mut Vec<u8>) -> Result<impl Iterator<Item = u8>, Stopped> {
            list.push(*a);
            Ok(0..*a)
        }
    )* };
}
captures! {
    plainly;
    captured_when_timed #[with_timeout(5s)];
    captured_when_limited
        #[fallback(with = Err)] #[circuit_breaker] #[rate_limit(100, per = 1s, wait = none)]
        #[concurrency_limit(4, wait = none)];
    captured_when_stacked #[instrument_task] #[cancellable(future = std::future::pending::<()>())] #[with_timeout(5s)];
}

#[test]
fn an_opaque_result_captures_what_it_did() {
    fn ready<F: Future>(future: F) -> F::Output {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(out) => out,
            Poll::Pending => panic!("nothing to wait for"),
        }
    }
    let mut list = Vec::new();
    let plain: Vec<u8> = ready(plainly(&3, &mut list)).expect("in time").collect();
    assert_eq!(plain, [0, 1, 2]);
    let timed: Vec<u8> = ready(captured_when_timed(&3, &mut list))
        .expect("in time")
        .collect();
    assert_eq!(timed, plain);
    let stacked: Vec<u8> = ready(captured_when_stacked(&3, &mut list))
        .expect("in time")
        .collect();
    assert_eq!(stacked, plain);
    let limited: Vec<u8> = ready(captured_when_limited(&3, &mut list))
        .expect("in time")
        .collect();
    assert_eq!(limited, plain);
    assert_eq!(list, [3, 3, 3, 3]);
}
