//! Every way in which a few calls on one retry budget can interleave, tried by loom: whatever the threads do to its
//! word, it comes out as if they had done it one after the other, so that no token is lost, none is made, and one
//! refusal alone is the first.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p etiquette --no-default-features --test loom_budget --release`

#![cfg(loom)]
#![allow(dead_code, reason = "the crate uses what these tests do not")]
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../src/retry/budget/cell.rs"]
mod cell;
#[path = "../src/retry/budget/state.rs"]
mod state;

// The first file above takes them from here, and in the crate the real ones.
use loom::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
};

use cell::{Size, Taken};
use state::State;

const SIZE: Size = Size {
    capacity: 20,
    refill_per_second: 1_000,
};

/// What a thread does to the word.
#[derive(Clone, Copy, Debug)]
enum Step {
    Take { cost: u32, now: u64 },
    Deposit { tokens: u32 },
}

impl Step {
    fn run(self, word: &AtomicU64) -> Option<Taken> {
        match self {
            Self::Take { cost, now } => Some(cell::take(word, SIZE, cost, now)),
            Self::Deposit { tokens } => {
                cell::deposit(word, SIZE, tokens);
                None
            }
        }
    }
}

/// What each step came to, and the word in the end.
type Outcome<const N: usize> = ([Option<Taken>; N], u64);

fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for order in orders(n - 1) {
        for at in 0..n {
            let mut order = order.clone();
            order.insert(at, n - 1);
            all.push(order);
        }
    }
    all
}

/// All outcomes of the steps, one after the other in any order.
fn in_any_order<const N: usize>(before: State, steps: [Step; N]) -> Vec<Outcome<N>> {
    let run = |order: Vec<usize>| {
        let word = AtomicU64::new(before.pack());
        let mut came = [None; N];
        for at in order {
            came[at] = steps[at].run(&word);
        }
        (came, word.load(Relaxed))
    };
    orders(N).into_iter().map(run).collect()
}

fn together<const N: usize>(before: State, steps: [Step; N]) {
    // Loom's words exist only within a model.
    let found = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let expected = std::sync::Arc::clone(&found);
    loom::model(move || *found.lock().unwrap() = in_any_order(before, steps));
    let expected = expected.lock().unwrap().clone();
    loom::model(move || {
        let word = Arc::new(AtomicU64::new(before.pack()));
        let threads: Vec<_> = steps
            .iter()
            .skip(1)
            .map(|step| {
                let (word, step) = (Arc::clone(&word), *step);
                thread::spawn(move || step.run(&word))
            })
            .collect();
        let mut came = [None; N];
        came[0] = steps[0].run(&word);
        for (at, thread) in threads.into_iter().enumerate() {
            came[at + 1] = thread.join().unwrap();
        }
        let outcome = (came, word.load(Relaxed));
        assert!(expected.contains(&outcome), "{outcome:?} is none of {expected:?}");
    });
}

fn with(tokens: u32) -> State {
    let exhausted = false;
    State {
        exhausted,
        tokens,
        at: 100,
    }
}

#[test]
fn the_last_tokens_are_taken_once() {
    let take = Step::Take { cost: 5, now: 100 };
    together(with(5), [take, take]);
    together(with(9), [take, take, Step::Take { cost: 10, now: 100 }]);
}

#[test]
fn one_refusal_is_the_first() {
    let take = Step::Take { cost: 10, now: 100 };
    together(with(3), [take, take, take]);
}

#[test]
fn what_is_put_in_and_what_flows_in_is_counted_once() {
    let take = |now| Step::Take { cost: 5, now };
    together(with(4), [take(100), Step::Deposit { tokens: 1 }, take(100)]);
    together(with(0), [take(103), take(105)]);
    together(
        with(18),
        [
            Step::Deposit { tokens: 5 },
            Step::Deposit { tokens: 1 },
            take(101),
        ],
    );
}

#[test]
fn a_clock_that_begins_anew_is_followed_once() {
    let take = |now| Step::Take { cost: 5, now };
    let before = State {
        exhausted: true,
        tokens: 4,
        at: 5_000,
    };
    together(before, [take(0), take(2)]);
}
