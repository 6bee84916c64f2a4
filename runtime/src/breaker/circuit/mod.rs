//! The circuit itself: which calls it admits, and what their results do to it. Knows no clock and
//! no future.
//!
//! While it is closed nobody waits for anybody. Only those who change its state from or to closed
//! take a lock, since they change more than one word.

mod cells;
mod change;
mod lane;
mod probes;
mod slices;
mod word;

use std::sync::atomic::Ordering::Acquire;

pub(crate) use self::{
    change::Change,
    slices::SLICES,
    word::{Kind, MAX_COUNT, Stamp, Tally},
};
use self::{
    change::Openings,
    lane::{Lane, Recorded},
    word::Word,
};
use super::{
    settings::{Settings, Window},
    sync::{AtomicU64, Mutex, constructor},
};

#[derive(Debug)]
pub(crate) struct Circuit {
    // Its word is that of the circuit.
    failures: Lane,
    slow: Lane,
    // When the open circuit is to be probed, and how long it is open in all. Changed under the lock.
    until: AtomicU64,
    open_for: AtomicU64,
    openings: Mutex<Openings>,
}

/// Why a call is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The circuit is open for so many more nanoseconds.
    Open(u64),
    /// As many probes are running as there may be.
    Probing,
    Forced,
}

impl Circuit {
    constructor! {
        pub(super) fn new() -> Self {
            Self {
                failures: Lane::new(),
                slow: Lane::new(),
                until: AtomicU64::new(0),
                open_for: AtomicU64::new(0),
                openings: Mutex::new(Openings::NONE),
            }
        }
    }

    /// Admits a call while the circuit is closed: that is all there is to know.
    #[inline]
    pub(super) fn closed(&self) -> Option<Stamp> {
        let seen = self.failures.load();
        matches!(seen.kind(), Kind::Closed).then_some(seen.stamp())
    }

    /// Admits a call, or not, whatever the state.
    #[cold]
    pub(super) fn admit(
        &self,
        settings: &Settings,
        clock: impl Fn() -> u64,
    ) -> Result<(Stamp, Option<Change>), Refusal> {
        loop {
            let seen = self.failures.load();
            let admitted = match seen.kind() {
                Kind::Closed | Kind::ForcedClosed => Ok((seen.stamp(), None)),
                Kind::ForcedOpen => return Err(Refusal::Forced),
                Kind::Open => match self.left(seen, clock()) {
                    0 => self.first_probe(seen),
                    left => return Err(Refusal::Open(left)),
                },
                Kind::HalfOpen => match self.next_probe(seen, settings) {
                    Some(admitted) => admitted,
                    None => return Err(Refusal::Probing),
                },
            };
            // If not, the word has changed in between.
            if let Ok(admitted) = admitted {
                return Ok(admitted);
            }
        }
    }

    /// Whether a good result of a call admitted at `stamp` would change nothing.
    #[inline]
    pub(super) fn is_at_rest(&self, stamp: Stamp) -> bool {
        self.failures.load().is_at_rest(stamp)
    }

    /// Takes in the result of a call admitted at `stamp`. `slow`: where that is asked for.
    #[inline]
    pub(super) fn record(
        &self,
        settings: &Settings,
        clock: impl Fn() -> u64,
        stamp: Stamp,
        failed: bool,
        slow: Option<bool>,
    ) -> Option<Change> {
        match stamp.kind() {
            Kind::Closed => self.record_closed(settings, clock, stamp, failed, slow),
            Kind::HalfOpen if failed || slow == Some(true) => self.open(settings, clock, stamp, None),
            Kind::HalfOpen => self.probe_succeeded(settings, stamp),
            Kind::Open | Kind::ForcedOpen | Kind::ForcedClosed => None,
        }
    }

    #[inline]
    fn record_closed(
        &self,
        settings: &Settings,
        clock: impl Fn() -> u64,
        stamp: Stamp,
        failed: bool,
        slow: Option<bool>,
    ) -> Option<Change> {
        let mut change = self.record_failed(settings, &clock, stamp, failed);
        if let (None, Some(slow)) = (change, slow) {
            change = self.record_slow(settings, &clock, stamp, slow);
        }
        change
    }

    #[inline]
    fn record_failed(
        &self,
        settings: &Settings,
        clock: &impl Fn() -> u64,
        stamp: Stamp,
        failed: bool,
    ) -> Option<Change> {
        let trips = |tally| settings.fails(tally);
        loop {
            let recorded = match (settings.consecutive, settings.window) {
                (Some(longest), _) => self.failures.record_run(stamp, failed, longest),
                (None, Window::Calls(size)) => self.failures.record(stamp, failed, size, trips),
                (None, Window::Time { slice }) => {
                    return self.record_in_slice(
                        settings,
                        clock,
                        stamp,
                        &self.failures,
                        slice,
                        failed,
                        trips,
                    );
                }
            };
            match recorded {
                Recorded::Yes | Recorded::Stale => return None,
                // Not one result may come in between: so if the word has changed, all over again.
                Recorded::Trips(seen) => match self.open(settings, clock, stamp, Some(seen)) {
                    None => {}
                    opened => return opened,
                },
            }
        }
    }

    fn record_slow(
        &self,
        settings: &Settings,
        clock: &impl Fn() -> u64,
        stamp: Stamp,
        slow: bool,
    ) -> Option<Change> {
        let trips = |tally| settings.drags(tally);
        match settings.window {
            Window::Calls(size) => match self.slow.record(stamp, slow, size, trips) {
                Recorded::Trips(_) => self.open(settings, clock, stamp, None),
                Recorded::Yes | Recorded::Stale => None,
            },
            Window::Time { slice } => {
                self.record_in_slice(settings, clock, stamp, &self.slow, slice, slow, trips)
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one call's worth")]
    fn record_in_slice(
        &self,
        settings: &Settings,
        clock: &impl Fn() -> u64,
        stamp: Stamp,
        lane: &Lane,
        slice: u64,
        bad: bool,
        trips: impl Fn(Tally) -> bool,
    ) -> Option<Change> {
        if self.failures.load().stamp() != stamp {
            return None;
        }
        let tally = slices::record(lane.slices(), stamp, clock() / slice, bad);
        if !trips(tally) {
            return None;
        }
        self.open(settings, clock, stamp, None)
    }

    /// The state that the circuit is in.
    pub(super) fn kind(&self) -> Kind {
        self.failures.load().kind()
    }

    /// How many nanoseconds are left before the open circuit is probed.
    pub(super) fn time_left(&self, clock: impl Fn() -> u64) -> Option<u64> {
        let seen = self.failures.load();
        matches!(seen.kind(), Kind::Open).then(|| self.left(seen, clock()))
    }

    fn left(&self, seen: Word, now: u64) -> u64 {
        let left = self.until.load(Acquire).saturating_sub(now);
        let open_for = self.open_for.load(Acquire);
        if left <= open_for {
            return left;
        }
        // The clock is behind the one that the circuit was opened by: time starts anew with it.
        self.open_anew(seen, now);
        open_for
    }

    /// Whether the time to probe the circuit has been over for as long as it was open.
    pub(super) fn is_left_alone(&self, clock: impl Fn() -> u64) -> bool {
        let (until, open_for) = (self.until.load(Acquire), self.open_for.load(Acquire));
        until.saturating_add(open_for) <= clock()
    }

    /// What the window holds: of failures, and of slow calls.
    pub(super) fn tallies(&self, settings: &Settings, clock: impl Fn() -> u64) -> (Tally, Tally) {
        let seen = self.failures.load();
        if !matches!(seen.kind(), Kind::Closed) {
            let none = Tally { calls: 0, bad: 0 };
            return (none, none);
        }
        let of = |lane: &Lane| match settings.window {
            Window::Calls(size) => lane.load().tally(size),
            Window::Time { slice } => slices::tally(lane.slices(), seen.stamp(), clock() / slice),
        };
        let failures = match settings.consecutive {
            Some(_) => Tally {
                calls: seen.bad(),
                bad: seen.bad(),
            },
            None => of(&self.failures),
        };
        (failures, of(&self.slow))
    }
}
