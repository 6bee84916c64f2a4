use std::{ptr, sync::Arc, thread};

use super::*;
use crate::{CircuitBreaker, state::of_static};

static CIRCUIT: CircuitBreaker = CircuitBreaker::new();

fn here() -> &'static CircuitBreaker {
    of_static(&CIRCUIT, "app::fetch")
}

#[test]
fn outside_of_all_worlds_a_static_is_itself() {
    assert!(ptr::eq(here(), &raw const CIRCUIT));
}

#[test]
fn in_a_world_it_is_one_like_it_and_always_the_same() {
    let own = isolate();
    let mine = here();
    assert!(!ptr::eq(mine, &raw const CIRCUIT));
    mine.force_open();
    assert!(ptr::eq(mine, here()));
    assert_eq!((here().is_forced(), CIRCUIT.is_forced()), (true, false));
    drop(own);
    assert!(ptr::eq(here(), &raw const CIRCUIT));
}

#[test]
fn worlds_nest() {
    let _outer = isolate();
    let outer = here();
    {
        let _inner = isolate();
        assert!(!ptr::eq(here(), outer));
    }
    assert!(ptr::eq(here(), outer));
}

#[test]
fn a_thread_is_in_none_until_it_is_put_into_one() {
    let world = Arc::new(World::default());
    let _own = world.enter();
    let mine = ptr::from_ref(here()).addr();
    let elsewhere = thread::spawn(|| ptr::from_ref(here()).addr()).join().unwrap();
    assert_eq!(elsewhere, (&raw const CIRCUIT).addr());
    let adopted = thread::spawn(move || {
        world.adopt_thread();
        ptr::from_ref(here()).addr()
    });
    assert_eq!(adopted.join().unwrap(), mine);
}

#[test]
fn a_panic_leaves_the_world() {
    let run = || {
        let _own = isolate();
        panic!("on purpose");
    };
    std::panic::catch_unwind(run).unwrap_err();
    assert!(World::current().is_none());
}
