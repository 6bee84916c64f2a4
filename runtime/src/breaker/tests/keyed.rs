//! A circuit for each key.

use std::sync::Arc;

use super::*;
use crate::{
    breaker::permit::{Permit, admit},
    keys::{Key, key},
};

fn call(breakers: &KeyedCircuitBreaker, name: &str) -> Option<Permit<Option<Arc<CircuitBreaker>>>> {
    let held = of_key(breakers, key(name));
    let admitted = admit(&held, OP).ok()?;
    Some(Permit::new(held, admitted))
}

fn failing(breakers: &KeyedCircuitBreaker, key: &str, count: u32) {
    for _ in 0..count {
        call(breakers, key).unwrap().record(Judged::Failure);
    }
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own() {
    let breakers = KeyedCircuitBreaker::new()
        .consecutive(3)
        .open_for(SECOND)
        .probes(1);
    failing(&breakers, "a", 3);
    failing(&breakers, "b", 2);
    assert!(call(&breakers, "a").is_none());
    assert_eq!(breakers.of("b").unwrap().failures(), 2);
    let refused = admit(of_key(&breakers, key("a")), OP).unwrap_err().of(OP);
    assert_eq!(refused.retry_after(), Some(SECOND));
    advance(SECOND).await;
    call(&breakers, "a").unwrap().record(Judged::Success);
    assert_eq!(breakers.of("a").unwrap().state(), Closed);
    assert_eq!(breakers.keys(), 2);
}

#[test]
fn what_has_seen_no_failure_makes_room_first() {
    let breakers = KeyedCircuitBreaker::new().max_keys(3);
    failing(&breakers, "a", 1);
    for key in ["b", "c", "d"] {
        call(&breakers, key).unwrap().record(Judged::Success);
    }
    assert_eq!(breakers.keys(), 2, "b and c have gone at once");
    assert_eq!(breakers.of("a").unwrap().failures(), 1);
    assert_eq!(breakers.of("d").unwrap().calls(), 1);
}

#[test]
fn then_what_has_seen_the_fewest() {
    let breakers = KeyedCircuitBreaker::new().max_keys(3);
    failing(&breakers, "a", 3);
    failing(&breakers, "b", 2);
    failing(&breakers, "c", 4);
    failing(&breakers, "d", 1);
    let failures = |key| breakers.of(key).unwrap().failures();
    assert_eq!(
        (breakers.keys(), failures("a"), failures("c"), failures("d")),
        (3, 3, 4, 1)
    );
    failing(&breakers, "b", 1);
    assert_eq!(
        (failures("b"), failures("a"), failures("c")),
        (1, 3, 4),
        "b had gone, and now d has"
    );
}

#[tokio::test(start_paused = true)]
async fn never_one_that_is_open_half_open_forced_or_busy() {
    let breakers = KeyedCircuitBreaker::new()
        .max_keys(5)
        .consecutive(1)
        .open_for(SECOND);
    failing(&breakers, "half-open", 1);
    advance(SECOND).await;
    call(&breakers, "half-open").unwrap().record(Judged::Success);
    failing(&breakers, "open", 1);
    breakers.of("forced").unwrap().force_closed();
    let busy = call(&breakers, "busy");
    let held = breakers.of("held").unwrap();
    // There is no room: it runs without a circuit, and nothing is kept of it.
    failing(&breakers, "other", 5);
    assert!(call(&breakers, "other").is_some());
    assert!(breakers.of("other").is_none());
    assert_eq!(breakers.keys(), 5);
    let state = |key| breakers.of(key).unwrap().state();
    assert_eq!(
        (state("half-open"), state("open"), state("forced")),
        (HalfOpen, Open, Closed)
    );
    assert!(breakers.of("forced").unwrap().is_forced());
    drop(busy);
    failing(&breakers, "other", 1);
    assert_eq!((breakers.keys(), state("other")), (5, Open));
    drop(held);
    failing(&breakers, "another", 1);
    assert_eq!((breakers.keys(), state("another")), (5, Open));
}

/// Hosts that have gone for good: each has opened its circuit, and is never called again.
#[tokio::test(start_paused = true)]
async fn one_that_nobody_has_called_for_as_long_again_as_it_was_open_goes_last() {
    let breakers = KeyedCircuitBreaker::new()
        .max_keys(3)
        .consecutive(5)
        .open_for(SECOND)
        .probes(2);
    failing(&breakers, "gone", 5);
    failing(&breakers, "probed", 5);
    breakers.of("forced").unwrap().force_open();
    let is_kept = |key: &str| {
        failing(&breakers, "new", 1);
        breakers.keys() == 3 && breakers.circuits.with(Key::from(key), |_| ()).is_some()
    };
    advance(SECOND).await;
    call(&breakers, "probed").unwrap().record(Judged::Success);
    assert!(is_kept("gone") && is_kept("probed") && is_kept("forced") && !is_kept("new"));
    advance(SECOND - Duration::from_millis(1)).await;
    assert!(is_kept("gone") && is_kept("probed") && is_kept("forced") && !is_kept("new"));
    advance(Duration::from_millis(1)).await;
    assert!(is_kept("new") && is_kept("forced") && is_kept("gone") != is_kept("probed"));
    // What has seen failures goes before.
    failing(&breakers, "newer", 1);
    assert!(breakers.circuits.with(Key::from("new"), |_| ()).is_none() && breakers.keys() == 3);
    advance(SECOND * 3_600).await;
    assert_eq!(breakers.of("forced").unwrap().state(), Open);
}

#[test]
fn stays_bounded() {
    let breakers = KeyedCircuitBreaker::new();
    for key in 0..5_000 {
        failing(&breakers, &key.to_string(), 1);
    }
    assert_eq!(breakers.keys(), 1024);
    let breakers = KeyedCircuitBreaker::default().max_keys(0);
    failing(&breakers, "a", 1);
    failing(&breakers, "b", 1);
    assert_eq!(breakers.keys(), 1);
}

#[test]
fn a_reset_closes_all_and_keeps_what_is_busy() {
    let breakers = KeyedCircuitBreaker::new().consecutive(1);
    let busy = call(&breakers, "busy").unwrap();
    failing(&breakers, "busy", 1);
    failing(&breakers, "idle", 1);
    breakers.reset();
    assert_eq!(breakers.keys(), 1);
    busy.record(Judged::Failure);
    assert_eq!(
        breakers.of("busy").unwrap().state(),
        Closed,
        "it had begun before"
    );
}
