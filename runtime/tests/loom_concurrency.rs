//! Every way in which slots can come back while a limit is changed, tried by loom: in the end there
//! are as many as the limit says, and none is free while there is one too many.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p etiquette --test loom_concurrency --release`
//!
//! Tokio's semaphore is taken for what it promises of its free permits, with the orderings it has.

#![cfg(loom)]
#![allow(dead_code, reason = "the crate uses what these tests do not")]
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../src/concurrency/debt.rs"]
mod debt;

// The file above takes two of these from here, and in the crate the real ones.
use loom::{
    sync::{
        Arc,
        atomic::{
            AtomicUsize,
            Ordering::{AcqRel, Acquire, Release},
            fence,
        },
    },
    thread,
};

use debt::{Debt, Free};

/// The free permits of a semaphore that nobody waits for.
struct Permits(AtomicUsize);

impl Free for Permits {
    fn add(&self, slots: usize) {
        if slots > 0 {
            self.0.fetch_add(slots, Release);
        }
    }

    fn take_away(&self, slots: usize) -> usize {
        let less = |free: usize| Some(free.saturating_sub(slots));
        self.0.fetch_update(AcqRel, Acquire, less).unwrap().min(slots)
    }
}

struct Limit {
    debt: Debt,
    free: Permits,
}

/// Runs `steps` in threads on a limit with so many free slots; what is free and owed in the end.
fn check<const N: usize>(free: usize, steps: [fn(&Limit); N], expected: (usize, usize)) {
    let mut model = loom::model::Builder::new();
    // More threads than two interleave in too many ways to try all; two preemptions find what there
    // is to be found.
    model.preemption_bound = (N > 2).then_some(2);
    model.check(move || {
        let limit = Arc::new(Limit {
            debt: Debt(AtomicUsize::new(0)),
            free: Permits(AtomicUsize::new(free)),
        });
        let others: Vec<_> = steps[1..]
            .iter()
            .map(|&step| {
                let limit = Arc::clone(&limit);
                thread::spawn(move || step(&limit))
            })
            .collect();
        steps[0](&limit);
        for thread in others {
            thread.join().unwrap();
        }
        assert_eq!((limit.free.0.load(Acquire), limit.debt.get()), expected);
    });
}

fn release(limit: &Limit) {
    limit.debt.release(&limit.free);
}

fn lower(limit: &Limit) {
    limit.debt.lower(1, &limit.free);
}

fn lower_by_two(limit: &Limit) {
    limit.debt.lower(2, &limit.free);
}

fn raise(limit: &Limit) {
    limit.debt.raise(1, &limit.free);
}

#[test]
fn a_slot_that_comes_back_while_the_limit_is_lowered() {
    check(0, [release, lower], (0, 0));
    check(0, [release, lower_by_two], (0, 1));
    check(1, [release, lower], (1, 0));
}

#[test]
fn two_slots_that_come_back_while_the_limit_is_lowered() {
    check(0, [release, release, lower], (1, 0));
    check(0, [release, release, lower_by_two], (0, 0));
}

#[test]
fn lowered_and_raised_again() {
    // Changes follow one another; slots come back at any time.
    fn both(limit: &Limit) {
        lower_by_two(limit);
        raise(limit);
    }
    check(0, [release, both], (0, 0));
    check(0, [release, release, both], (1, 0));
}
