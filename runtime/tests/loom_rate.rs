//! Every way in which a few calls on one rate limit can interleave, tried by loom: whatever the
//! threads do to its word, it comes out as if they had done it one after the other, so that no call
//! is lost and none is one too many.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p etiquette --test loom_rate --release`

#![cfg(loom)]
#![allow(dead_code, reason = "the crate uses what these tests do not")]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Mutex;

#[path = "../src/rate/cell.rs"]
mod cell;

// The file above takes it from here, and in the crate the real one.
use loom::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
};

use cell::Pace;

const PACE: Pace = Pace {
    interval: 10,
    burst: 2,
};
const FASTER: Pace = Pace {
    interval: 3,
    burst: 4,
};

/// What a thread does to the word.
#[derive(Clone, Copy, Debug)]
enum Step {
    Take { now: u64 },
    Change { now: u64 },
    BeginAnew { now: u64 },
}

impl Step {
    fn run(self, word: &AtomicU64) -> Result<(), u64> {
        match self {
            Self::Take { now } => return cell::take(word, now, PACE),
            Self::Change { now } => cell::change(word, now, PACE, FASTER),
            Self::BeginAnew { now } => cell::begin_anew(word, now, PACE, 5),
        }
        Ok(())
    }
}

/// What each step came to, and the word in the end.
type Outcome = (Vec<Result<(), u64>>, u64);

/// All outcomes of the steps, one after the other in any order.
fn in_any_order<const N: usize>(before: u64, steps: [Step; N]) -> Vec<Outcome> {
    fn go(left: Vec<usize>, order: &mut Vec<Vec<usize>>, so_far: Vec<usize>) {
        if left.is_empty() {
            order.push(so_far);
            return;
        }
        for &next in &left {
            let left = left.iter().copied().filter(|&step| step != next).collect();
            go(left, order, [&so_far[..], &[next]].concat());
        }
    }
    let mut orders = Vec::new();
    go((0..N).collect(), &mut orders, Vec::new());
    let outcome = |order: Vec<usize>| {
        let word = AtomicU64::new(before);
        let mut results = vec![Ok(()); N];
        for step in order {
            results[step] = steps[step].run(&word);
        }
        (results, word.load(Relaxed))
    };
    orders.into_iter().map(outcome).collect()
}

/// The same in threads, of which the test's own is one: the outcome, in all that can happen.
fn in_threads<const N: usize>(
    before: u64,
    steps: [Step; N],
    check: impl Fn(&Outcome) + Sync + Send + 'static,
) {
    let found = std::sync::Arc::new(Mutex::new(Vec::new()));
    let expected = std::sync::Arc::clone(&found);
    // Loom's words exist only within a model.
    loom::model(move || *found.lock().unwrap() = in_any_order(before, steps));
    let expected = expected.lock().unwrap().clone();
    loom::model(move || {
        let word = Arc::new(AtomicU64::new(before));
        let threads: Vec<_> = steps[1..]
            .iter()
            .map(|&step| {
                let word = Arc::clone(&word);
                thread::spawn(move || step.run(&word))
            })
            .collect();
        let mut results = vec![steps[0].run(&word)];
        results.extend(threads.into_iter().map(|thread| thread.join().unwrap()));
        let outcome = (results, word.load(Relaxed));
        assert!(expected.contains(&outcome), "{outcome:?} of {steps:?}");
        check(&outcome);
    });
}

fn granted((results, _): &Outcome) -> usize {
    results.iter().filter(|result| result.is_ok()).count()
}

#[test]
fn of_three_at_once_a_burst_of_two_starts() {
    in_threads(0, [Step::Take { now: 100 }; 3], |outcome| {
        assert_eq!(granted(outcome), 2);
        assert_eq!(outcome.1, 120);
    });
}

#[test]
fn threads_that_read_the_clock_at_different_times() {
    let steps = [100, 110, 125].map(|now| Step::Take { now });
    // Who read it first and comes last may be refused, but never is a call too many let in.
    in_threads(0, steps, |outcome| assert!((1..=3).contains(&granted(outcome))));
    in_threads(115, steps, |outcome| assert!((1..=2).contains(&granted(outcome))));
}

#[test]
fn a_change_of_pace_forgets_no_call() {
    let take = Step::Take { now: 100 };
    in_threads(0, [take, Step::Change { now: 100 }, take], |_| {});
    in_threads(
        120,
        [take, Step::Change { now: 100 }, Step::Take { now: 120 }],
        |_| {},
    );
}

#[test]
fn what_begins_anew_does_so_once() {
    let anew = Step::BeginAnew { now: 100 };
    in_threads(1_000, [anew, anew, Step::Take { now: 100 }], |outcome| {
        assert!(outcome.1 <= 110, "{outcome:?}");
    });
}
