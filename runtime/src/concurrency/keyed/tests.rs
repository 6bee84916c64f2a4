//! A limit for each key, in bounded memory.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::*;
use crate::{
    concurrency::{acquire, acquire_queued},
    wait::Wait,
};

fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// Whether there is a slot for a further call.
fn admits(limits: &KeyedConcurrencyLimit, key: &str) -> bool {
    let slots = KeyedSlots::new(limits, key);
    matches!(poll_once(acquire(&slots, Wait::none())), Poll::Ready(Ok(_)))
}

#[test]
fn each_key_has_its_own() {
    let limits = KeyedConcurrencyLimit::new(1);
    let a = KeyedSlots::new(&limits, "a");
    let Poll::Ready(Ok(slot)) = poll_once(acquire_queued(&a, Wait::none(), 1)) else {
        panic!("it is free")
    };
    assert!(!admits(&limits, "a"));
    assert!(admits(&limits, "b"));
    assert_eq!(
        (
            limits.available("a"),
            limits.available("b"),
            limits.available("c")
        ),
        (0, 1, 1)
    );
    drop(slot);
    assert!(admits(&limits, "a"));
    assert_eq!(limits.keys(), 2);
}

#[test]
fn a_busy_key_is_never_dropped() {
    let limits = KeyedConcurrencyLimit::new(1).max_keys(2);
    let a = KeyedSlots::new(&limits, "a");
    let Poll::Ready(Ok(_slot)) = poll_once(acquire(&a, Wait::none())) else {
        panic!("it is free")
    };
    for key in 0..100 {
        assert!(admits(&limits, &key.to_string()));
        assert!(limits.keys() <= 2);
    }
    assert!(!admits(&limits, "a"), "it still remembers");
}

#[test]
fn who_waits_keeps_a_key_as_well() {
    let limits = KeyedConcurrencyLimit::new(1).max_keys(1);
    let a = KeyedSlots::new(&limits, "a");
    let Poll::Ready(Ok(slot)) = poll_once(acquire(&a, Wait::none())) else {
        panic!("it is free")
    };
    let other = KeyedSlots::new(&limits, "a");
    let mut waiting = pin!(acquire(&other, Wait::forever()));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(waiting.as_mut().poll(&mut cx).is_pending());
    assert_eq!(limits.waiting("a"), 1);
    drop(slot);
    drop(a);
    assert!(admits(&limits, "b"));
    assert!(waiting.as_mut().poll(&mut cx).is_ready());
}

#[test]
fn without_room_keys_share_one() {
    let limits = KeyedConcurrencyLimit::new(1).max_keys(1);
    let _a = KeyedSlots::new(&limits, "a");
    let b = KeyedSlots::new(&limits, "b");
    let Poll::Ready(Ok(slot)) = poll_once(acquire(&b, Wait::none())) else {
        panic!("it is free")
    };
    assert!(!admits(&limits, "c"));
    let other = KeyedSlots::new(&limits, "c");
    let mut waiting = pin!(acquire(&other, Wait::forever()));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(waiting.as_mut().poll(&mut cx).is_pending());
    assert_eq!((limits.available("a"), limits.waiting("a")), (1, 0));
    assert_eq!(
        (limits.available("c"), limits.waiting("c")),
        (0, 1),
        "what they share"
    );
    drop(slot);
    assert!(matches!(waiting.as_mut().poll(&mut cx), Poll::Ready(Ok(_))));
    assert_eq!((limits.available("c"), limits.waiting("c")), (1, 0));
    assert!(admits(&limits, "c"));
    assert_eq!(limits.keys(), 1);
}

#[test]
fn all_are_changed_those_to_come_included() {
    let limits = KeyedConcurrencyLimit::new(1).max_keys(1);
    let _a = KeyedSlots::new(&limits, "a");
    limits.set(3);
    assert_eq!((limits.available("a"), limits.available("b")), (3, 3));
    drop(_a);
    let _b = KeyedSlots::new(&limits, "b");
    assert_eq!((limits.keys(), limits.available("b")), (1, 3));
}
