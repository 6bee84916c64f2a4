//! What is tried, with windows so small that every step matters.

use std::time::Duration;

use loom::{sync::Arc, thread};

use crate::{
    circuit::{Change, Circuit, Kind, Refusal, Stamp},
    settings::Settings,
    window::Window,
};

struct Breaker {
    circuit: Circuit,
    settings: Settings,
}

/// Opens at once after it was opened, so that no clock is needed.
fn settings() -> Settings {
    Settings::new().open_for(Duration::ZERO).min_calls(1)
}

impl Breaker {
    fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            circuit: Circuit::new(),
            settings,
        })
    }

    fn admit(&self) -> Result<(Stamp, Option<Change>), Refusal> {
        self.circuit.admit(&self.settings, || 1)
    }

    fn stamp(&self) -> Stamp {
        self.admit().unwrap().0
    }

    fn record(&self, stamp: Stamp, failed: bool) -> Option<Change> {
        self.circuit.record(&self.settings, || 1, stamp, failed, None)
    }

    /// What a call that is admitted at `stamp` makes of it, as a permit does.
    fn end(&self, stamp: Stamp, failed: bool) -> Option<Change> {
        if !failed && self.circuit.is_at_rest(stamp) {
            return None;
        }
        self.record(stamp, failed)
    }

    fn seen(&self) -> (u32, u32) {
        let (tally, _) = self.circuit.tallies(&self.settings, || 1);
        (tally.calls, tally.bad)
    }

    fn force(&self, kind: Kind) {
        self.circuit.force(&self.settings, kind);
    }

    /// Which of the last results failed, oldest first: found out by pushing them out one by one.
    fn window(&self, size: u32) -> Vec<bool> {
        let stamp = self.stamp();
        let mut before = self.seen().1;
        let mut window = Vec::new();
        for _ in 0..size {
            assert_eq!(self.record(stamp, false), None);
            let now = self.seen().1;
            window.push(before - now == 1);
            assert!(before - now <= 1);
            before = now;
        }
        assert_eq!(self.seen(), (size, 0));
        window
    }
}

fn model(threads_switch: usize, test: impl Fn() + Sync + Send + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(threads_switch);
    model.check(test);
}

/// Calls of two threads, in a window that is full already and holds failures.
#[test]
fn results_enter_one_after_another() {
    model(4, || {
        let breaker = Breaker::new(settings().window(Window::calls(3)).failure_rate(1.0).min_calls(3));
        let stamp = breaker.stamp();
        for failed in [true, false, true] {
            breaker.end(stamp, failed);
        }
        let threads = [[false, true], [true, false]].map(|results| {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || results.map(|failed| breaker.end(stamp, failed)))
        });
        for thread in threads {
            // Not three in a row, in whichever order.
            assert_eq!(thread.join().unwrap(), [None, None]);
        }
        // The last three of four: what one thread did, in its order, and the end of the other.
        let window = breaker.window(3);
        let orders: [&[bool]; 4] = [
            &[true, true, false], // B A A B, A B A B: without its first
            &[false, true, false],
            &[true, false, true],
            &[false, false, true],
        ];
        assert!(orders.contains(&&*window), "{window:?}");
    });
}

/// Every order of three threads' results, each of which moves all that there is.
#[test]
fn a_window_of_one_or_two_holds_the_last() {
    for size in [1, 2] {
        model(3, move || {
            let breaker = Breaker::new(
                settings()
                    .window(Window::calls(size))
                    .failure_rate(1.0)
                    .min_calls(2),
            );
            let stamp = breaker.stamp();
            // A window of one opens with any failure: there it is successes only.
            let fails = size == 2;
            let threads = [fails, false].map(|failed| {
                let breaker = Arc::clone(&breaker);
                thread::spawn(move || breaker.end(stamp, failed))
            });
            let own = breaker.end(stamp, false);
            let changes = threads.map(|thread| thread.join().unwrap());
            assert_eq!((own, changes), (None, [None, None]));
            let (calls, failures) = breaker.seen();
            assert_eq!(calls, size);
            // In two of three orders the failure is among the last two.
            assert!(failures <= u32::from(fails));
            let window = breaker.window(size);
            assert_eq!(window.iter().filter(|failed| **failed).count(), failures as usize);
        });
    }
}

/// A call is held up before its result is in its cell, for longer than a lap of the others.
#[test]
fn who_is_held_up_writes_nothing_that_is_over() {
    model(3, || {
        let breaker = Breaker::new(settings().window(Window::calls(2)).failure_rate(1.0).min_calls(2));
        let stamp = breaker.stamp();
        let other = {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(stamp, true))
        };
        for _ in 0..3 {
            assert_eq!(breaker.end(stamp, false), None);
        }
        assert_eq!(other.join().unwrap(), None);
        let (calls, failures) = breaker.seen();
        assert_eq!(calls, 2);
        let window = breaker.window(2);
        assert_eq!(window.iter().filter(|failed| **failed).count(), failures as usize);
        assert!(window != [true, true]);
    });
}

/// The same, and meanwhile the state changes.
#[test]
fn who_is_held_up_writes_nothing_into_another_state() {
    model(3, || {
        let breaker = Breaker::new(settings().window(Window::calls(2)).failure_rate(1.0).min_calls(2));
        let early = breaker.stamp();
        let other = {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(early, true))
        };
        breaker.force(Kind::Closed);
        let late = breaker.stamp();
        breaker.end(late, false);
        breaker.end(late, false);
        other.join().unwrap();
        breaker.end(late, true);
        assert_eq!(breaker.seen(), (2, 1));
        assert_eq!(breaker.window(2), [false, true]);
    });
}

/// Two failures of which the window bears one: exactly one of them opens it.
#[test]
fn opens_once_and_in_no_order_not() {
    model(4, || {
        let breaker = Breaker::new(settings().window(Window::calls(4)).failure_rate(0.5).min_calls(4));
        let stamp = breaker.stamp();
        breaker.end(stamp, false);
        let threads = [true, true].map(|failed| {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(stamp, failed))
        });
        let own = breaker.end(stamp, false);
        let changes = threads.map(|thread| thread.join().unwrap());
        let opened = changes
            .iter()
            .chain([&own])
            .filter(|change| change.is_some())
            .count();
        assert_eq!(opened, 1, "{changes:?} {own:?}");
        assert_eq!(breaker.circuit.kind(), Kind::Open);
    });
}

/// A result that began before a reset meets one that began after it.
#[test]
fn a_stale_result_is_never_recorded() {
    model(4, || {
        let breaker = Breaker::new(settings().window(Window::calls(2)).failure_rate(1.0));
        let early = breaker.stamp();
        breaker.end(early, true);
        let other = {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(early, false))
        };
        breaker.force(Kind::Closed);
        let late = breaker.stamp();
        assert_ne!(early, late);
        breaker.end(late, false);
        other.join().unwrap();
        assert_eq!(breaker.seen(), (1, 0));
        breaker.end(late, true);
        assert_eq!(breaker.seen(), (2, 1));
        assert_eq!(breaker.window(2), [false, true]);
    });
}

/// Three calls find the circuit open, with the time over.
#[test]
fn exactly_as_many_probes_as_there_may_be() {
    model(3, || {
        let breaker = Breaker::new(settings().consecutive(1).probes(2));
        breaker.end(breaker.stamp(), true);
        let threads = [(), ()].map(|()| {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.admit().ok())
        });
        let own = breaker.admit().ok();
        let [a, b] = threads.map(|thread| thread.join().unwrap());
        let admitted: Vec<_> = [own, a, b].into_iter().flatten().collect();
        assert_eq!(admitted.len(), 2);
        let first = admitted
            .iter()
            .filter(|(_, change)| *change == Some(Change::HalfOpened));
        assert_eq!(first.count(), 1);
        for (stamp, _) in &admitted {
            breaker.end(*stamp, false);
        }
        assert_eq!(breaker.circuit.kind(), Kind::Closed);
    });
}

/// One probe fails while another succeeds, or is given back: in no order does it close.
#[test]
fn a_failed_probe_wins() {
    for give_back in [true, false] {
        model(4, move || {
            let breaker = Breaker::new(settings().consecutive(1).probes(2));
            breaker.end(breaker.stamp(), true);
            let probes = [breaker.stamp(), breaker.stamp()];
            let other = {
                let breaker = Arc::clone(&breaker);
                thread::spawn(move || match give_back {
                    true => breaker.circuit.give_back(probes[0]),
                    false => assert_eq!(breaker.end(probes[0], false), None),
                })
            };
            assert!(matches!(breaker.end(probes[1], true), Some(Change::Opened(_))));
            other.join().unwrap();
            assert_eq!(breaker.circuit.kind(), Kind::Open);
            // And nothing of it is left when it is probed again.
            let _again = [breaker.stamp(), breaker.stamp()];
            assert_eq!(breaker.admit(), Err(Refusal::Probing));
        });
    }
}

/// The last two probes succeed at once: one of them closes it, and one only.
#[test]
fn closes_once() {
    model(4, || {
        let breaker = Breaker::new(settings().consecutive(1).probes(2));
        breaker.end(breaker.stamp(), true);
        let probes = [breaker.stamp(), breaker.stamp()];
        let other = {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(probes[0], false))
        };
        let own = breaker.end(probes[1], false);
        let changes = [own, other.join().unwrap()];
        assert!(
            changes == [None, Some(Change::Closed)] || changes == [Some(Change::Closed), None],
            "{changes:?}"
        );
        assert_eq!((breaker.circuit.kind(), breaker.seen()), (Kind::Closed, (0, 0)));
    });
}

/// Someone forces it while a call opens it.
#[test]
fn the_hand_wins() {
    for kind in [Kind::ForcedOpen, Kind::ForcedClosed] {
        model(4, move || {
            let breaker = Breaker::new(settings().window(Window::calls(2)).failure_rate(0.5));
            let stamp = breaker.stamp();
            breaker.end(stamp, false);
            let other = {
                let breaker = Arc::clone(&breaker);
                thread::spawn(move || breaker.end(stamp, true))
            };
            breaker.force(kind);
            other.join().unwrap();
            assert_eq!(breaker.circuit.kind(), kind);
            breaker.force(Kind::Closed);
            assert_eq!(breaker.seen(), (0, 0));
        });
    }
}

/// Results in slices of time, where there is no ring.
#[test]
fn slices_lose_nothing() {
    model(2, || {
        let time = Duration::from_secs(1);
        let breaker = Breaker::new(settings().window(Window::time(time)).min_calls(9));
        let early = breaker.stamp();
        let other = {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(early, true))
        };
        breaker.end(early, false);
        other.join().unwrap();
        assert_eq!(breaker.seen(), (2, 1));
    });
}

/// A result that began before a reset comes to a slice that is in use again.
#[test]
fn slices_forget_what_is_stale() {
    model(2, || {
        let time = Duration::from_secs(1);
        let breaker = Breaker::new(settings().window(Window::time(time)).min_calls(9));
        let early = breaker.stamp();
        breaker.end(early, true);
        let other = {
            let breaker = Arc::clone(&breaker);
            thread::spawn(move || breaker.end(early, true))
        };
        breaker.force(Kind::Closed);
        let late = breaker.stamp();
        breaker.end(late, false);
        other.join().unwrap();
        assert_eq!(breaker.seen(), (1, 0));
    });
}
