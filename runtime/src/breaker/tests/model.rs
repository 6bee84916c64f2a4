//! Windows against what anyone would write who had all the memory in the world.

use std::{cell::Cell, collections::VecDeque};

use proptest::prelude::*;

use super::*;
use crate::breaker::{
    circuit::{Change, Kind},
    window::Window,
};

/// A circuit whose clock is ours.
struct Tested {
    circuit: Circuit,
    settings: Settings,
    now: Cell<u64>,
}

impl Tested {
    fn new(settings: Settings) -> Self {
        Self {
            circuit: Circuit::new(),
            settings,
            now: Cell::new(1),
        }
    }

    /// Whether the result opens it.
    fn record(&self, failed: bool, slow: Option<bool>) -> bool {
        let stamp = self.circuit.closed().unwrap();
        let clock = || self.now.get();
        let change = self.circuit.record(&self.settings, clock, stamp, failed, slow);
        assert!(matches!(change, None | Some(Change::Opened(_))));
        assert_eq!(change.is_some(), self.circuit.closed().is_none());
        change.is_some()
    }

    fn tallies(&self) -> [(u32, u32); 2] {
        let (failures, slow) = self.circuit.tallies(&self.settings, || self.now.get());
        [failures, slow].map(|tally| (tally.calls, tally.bad))
    }
}

/// When it came, whether it failed, whether it was slow.
type Seen = VecDeque<(u64, bool, bool)>;

fn reaches(calls: usize, bad: usize, min_calls: usize, percent: usize) -> bool {
    calls >= min_calls && bad > 0 && bad * 100 >= percent * calls
}

fn count(seen: &Seen, bad: impl Fn(&(u64, bool, bool)) -> bool) -> usize {
    seen.iter().filter(|one| bad(one)).count()
}

fn pair(calls: usize, bad: usize) -> (u32, u32) {
    (calls.try_into().unwrap(), bad.try_into().unwrap())
}

fn rate(percent: usize) -> f64 {
    f64::from(u32::try_from(percent).unwrap()) / 100.0
}

/// Results of which about so many in a hundred are bad.
fn results() -> impl Strategy<Value = Vec<(u64, bool, bool)>> {
    (0..=100u64, 0..=100u64).prop_flat_map(|(failing, slow)| {
        let one = (0..400u64, 0..100u64, 0..100u64);
        let one = one.prop_map(move |(pause, a, b)| (pause, a < failing, b < slow));
        proptest::collection::vec(one, 1..200)
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_last_calls(
        size in prop_oneof![1..12usize, 30..34usize, 63..66usize, 319..323usize],
        min_calls in 0..40usize,
        (percent, slow_percent) in (1..=100usize, 1..=100usize),
        results in results(),
    ) {
        let settings = Settings::new()
            .window(Window::calls(size.try_into().unwrap()))
            .min_calls(min_calls.try_into().unwrap())
            .failure_rate(rate(percent))
            .slow_rate(rate(slow_percent));
        let tested = Tested::new(settings);
        let mut seen = Seen::new();
        for one in results {
            seen.push_back(one);
            if seen.len() > size {
                seen.pop_front();
            }
            let least = min_calls.min(size);
            let (failed, slow) = (count(&seen, |one| one.1), count(&seen, |one| one.2));
            let opens = reaches(seen.len(), failed, least, percent)
                || reaches(seen.len(), slow, least, slow_percent);
            prop_assert_eq!(tested.record(one.1, Some(one.2)), opens);
            if opens {
                tested.circuit.force(&tested.settings, Kind::Closed);
                seen.clear();
            } else {
                prop_assert_eq!(tested.tallies(), [pair(seen.len(), failed), pair(seen.len(), slow)]);
            }
        }
    }

    #[test]
    fn the_last_while(
        slice in 1..100u64,
        min_calls in 0..40usize,
        (percent, slow_percent) in (1..=100usize, 1..=100usize),
        start in 0..u64::MAX / 2,
        results in results(),
    ) {
        let settings = Settings::new()
            .window(Window::time(Duration::from_nanos(10 * slice)))
            .min_calls(min_calls.try_into().unwrap())
            .failure_rate(rate(percent))
            .slow_rate(rate(slow_percent));
        let tested = Tested::new(settings);
        tested.now.set(start);
        let mut seen = Seen::new();
        for (pause, failed, slow) in results {
            let now = tested.now.get() + pause.saturating_sub(300);
            tested.now.set(now);
            seen.push_back((now, failed, slow));
            seen.retain(|one| one.0 / slice + 10 > now / slice);
            let (failures, slow_calls) = (count(&seen, |one| one.1), count(&seen, |one| one.2));
            let opens = reaches(seen.len(), failures, min_calls, percent)
                || reaches(seen.len(), slow_calls, min_calls, slow_percent);
            prop_assert_eq!(tested.record(failed, Some(slow)), opens);
            if opens {
                tested.circuit.force(&tested.settings, Kind::Closed);
                seen.clear();
            }
            let expected = [count(&seen, |one| one.1), count(&seen, |one| one.2)];
            prop_assert_eq!(tested.tallies(), expected.map(|bad| pair(seen.len(), bad)));
        }
    }

    #[test]
    fn those_in_a_row(longest in 1..6u32, results in results()) {
        let tested = Tested::new(Settings::new().consecutive(longest));
        let mut run = 0;
        for (_, failed, _) in results {
            run = if failed { run + 1 } else { 0 };
            prop_assert_eq!(tested.record(failed, None), run == longest);
            if run == longest {
                tested.circuit.force(&tested.settings, Kind::Closed);
                run = 0;
            }
            prop_assert_eq!(tested.tallies()[0], (run, run));
        }
    }
}
