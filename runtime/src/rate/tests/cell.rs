//! The arithmetic, against its definition.

use proptest::prelude::*;

use super::super::{cell::*, *};

/// When the next call may start, by the definition: no more than `burst` calls are ever ahead of one
/// per interval, counted from any call on.
fn next_start(started: &[u64], pace: Pace) -> u64 {
    let number = started.len() as u64;
    (0..)
        .zip(started)
        .map(|(earlier, at)| {
            let calls = (number - earlier + 1).saturating_sub(pace.burst);
            at + calls * pace.interval
        })
        .max()
        .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn is_what_the_definition_says(
        calls in 1_u32..20,
        period in 1_u64..1_000,
        burst in 1_u64..12,
        pauses in prop::collection::vec(prop_oneof![Just(0), 0_u64..20, 0_u64..2_000], 1..60),
    ) {
        let pace = Pace { interval: interval(calls, Duration::from_nanos(period)), burst };
        let word = AtomicU64::new(0);
        let mut now = 5_000;
        let mut started = Vec::new();
        for pause in pauses {
            now += pause;
            let left = pace.left(word.load(Relaxed).saturating_sub(now));
            match next_start(&started, pace).checked_sub(now) {
                None | Some(0) => {
                    prop_assert!(left > 0);
                    prop_assert_eq!(take(&word, now, pace), Ok(()));
                    started.push(now);
                }
                Some(wait) => {
                    prop_assert_eq!(left, 0);
                    prop_assert_eq!(take(&word, now, pace), Err(wait));
                }
            }
        }
        // What that comes to: the promise of the documentation.
        for from in &started {
            let within = started.iter().filter(|at| (*from..=from + period).contains(at)).count();
            prop_assert!(within as u64 <= u64::from(calls) + burst);
        }
    }

    /// Calls that have started stay counted: the same number of them, as far as the burst goes.
    #[test]
    fn a_change_of_pace_keeps_what_was_taken(
        from in (1_u64..1_000, 1_u64..50),
        to in (1_u64..1_000, 1_u64..50),
        taken in 0_u64..60,
    ) {
        let [from, to] = [from, to].map(|(interval, burst)| Pace { interval, burst });
        let word = AtomicU64::new(0);
        let now = 5_000;
        let taken = (0..taken).filter(|_| take(&word, now, from).is_ok()).count() as u64;
        change(&word, now, from, to);
        let left = (0..100).filter(|_| take(&word, now, to).is_ok()).count() as u64;
        prop_assert_eq!(left, to.burst.saturating_sub(taken));
    }
}

#[test]
fn nothing_overflows() {
    let word = AtomicU64::new(0);
    let slow = Pace {
        interval: u64::MAX,
        burst: u64::from(u32::MAX),
    };
    assert_eq!(take(&word, 7, slow), Ok(()));
    assert_eq!(slow.left(u64::MAX), slow.burst - 1);
    let once = Pace { burst: 1, ..slow };
    assert_eq!(take(&word, 7, once), Err(u64::MAX - 7));
    change(
        &word,
        7,
        once,
        Pace {
            interval: 1,
            burst: 2,
        },
    );
    assert_eq!(word.load(Relaxed), 8);
    change(
        &word,
        7,
        Pace {
            interval: 1,
            burst: 2,
        },
        slow,
    );
    assert_eq!(word.load(Relaxed), u64::MAX);
}

#[test]
fn only_another_clock_begins_anew() {
    let pace = Pace {
        interval: 10,
        burst: 3,
    };
    let word = AtomicU64::new(0);
    for _ in 0..3 {
        assert_eq!(take(&word, 1_000, pace), Ok(()));
    }
    begin_anew(&word, 1_000, pace, 0);
    assert_eq!(word.load(Relaxed), 1_030);
    begin_anew(&word, 900, pace, 100);
    assert_eq!(word.load(Relaxed), 1_030);
    begin_anew(&word, 899, pace, 100);
    assert_eq!(word.load(Relaxed), 899);
}
