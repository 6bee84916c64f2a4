//! When a circuit opens, for how long, and what it takes to close it again.

use std::{
    sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use super::circuit::{MAX_COUNT, Tally};
pub(crate) use super::window::Window;

#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) name: &'static str,
    pub(crate) window: Window,
    /// How many failures in a row open it, where the window is not to decide.
    pub(crate) consecutive: Option<u32>,
    pub(crate) probes: u32,
    /// Nanoseconds: longer is slow. `MAX` where nobody cares.
    pub(crate) slow_call: u64,
    pub(crate) abandoned_is_failure: bool,
    /// One of many, of which each belongs to a key.
    pub(crate) keyed: bool,
    factor: f64,
    max: u64,
    // These may change at run time. Nothing follows from one of them for another.
    min_calls: AtomicU32,
    failure_rate: AtomicU64,
    slow_rate: AtomicU64,
    open_for: AtomicU64,
}

impl Settings {
    pub(super) const fn new() -> Self {
        Self {
            name: "",
            window: Window::Calls(100),
            consecutive: None,
            probes: 3,
            slow_call: u64::MAX,
            abandoned_is_failure: false,
            keyed: false,
            factor: 2.0,
            max: nanos(Duration::from_secs(300)),
            min_calls: AtomicU32::new(20),
            failure_rate: AtomicU64::new(ratio(0.5)),
            slow_rate: AtomicU64::new(ratio(1.0)),
            open_for: AtomicU64::new(nanos(Duration::from_secs(30))),
        }
    }

    pub(super) const fn keyed(mut self) -> Self {
        self.keyed = true;
        self
    }

    pub(super) const fn name(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    pub(super) const fn window(mut self, window: Window) -> Self {
        self.window = window;
        self
    }

    pub(super) const fn consecutive(mut self, failures: u32) -> Self {
        self.consecutive = Some(count(failures));
        self
    }

    pub(super) const fn probes(mut self, probes: u32) -> Self {
        self.probes = count(probes);
        self
    }

    pub(super) const fn factor(mut self, factor: f64) -> Self {
        // Also what is not a number.
        self.factor = if factor > 1.0 { factor } else { 1.0 };
        self
    }

    pub(super) const fn max(mut self, longest: Duration) -> Self {
        self.max = nanos(longest);
        self
    }

    pub(super) const fn slow_call(mut self, longer_than: Duration) -> Self {
        self.slow_call = nanos(longer_than);
        self
    }

    pub(super) const fn abandoned_is_failure(mut self) -> Self {
        self.abandoned_is_failure = true;
        self
    }

    pub(super) const fn min_calls(mut self, calls: u32) -> Self {
        self.min_calls = AtomicU32::new(calls);
        self
    }

    pub(super) const fn failure_rate(mut self, rate: f64) -> Self {
        self.failure_rate = AtomicU64::new(ratio(rate));
        self
    }

    pub(super) const fn slow_rate(mut self, rate: f64) -> Self {
        self.slow_rate = AtomicU64::new(ratio(rate));
        self
    }

    pub(super) const fn open_for(mut self, time: Duration) -> Self {
        self.open_for = AtomicU64::new(nanos(time));
        self
    }

    pub(super) fn set_min_calls(&self, calls: u32) {
        self.min_calls.store(calls, Relaxed);
    }

    pub(super) fn set_failure_rate(&self, rate: f64) {
        self.failure_rate.store(ratio(rate), Relaxed);
    }

    pub(super) fn set_slow_rate(&self, rate: f64) {
        self.slow_rate.store(ratio(rate), Relaxed);
    }

    pub(super) fn set_open_for(&self, time: Duration) {
        self.open_for.store(nanos(time), Relaxed);
    }

    /// The same, for another circuit.
    pub(super) fn like(&self) -> Self {
        Self {
            min_calls: AtomicU32::new(self.min_calls.load(Relaxed)),
            failure_rate: AtomicU64::new(self.failure_rate.load(Relaxed)),
            slow_rate: AtomicU64::new(self.slow_rate.load(Relaxed)),
            open_for: AtomicU64::new(self.open_for.load(Relaxed)),
            ..*self
        }
    }
}

impl Settings {
    /// Whether so many failures open the circuit.
    #[inline]
    pub(super) fn fails(&self, tally: Tally) -> bool {
        self.trips(tally, &self.failure_rate)
    }

    /// Whether so many slow calls open the circuit.
    #[inline]
    pub(super) fn drags(&self, tally: Tally) -> bool {
        self.trips(tally, &self.slow_rate)
    }

    #[inline]
    fn trips(&self, tally: Tally, rate: &AtomicU64) -> bool {
        if tally.bad == 0 {
            return false;
        }
        let rate = f64::from_bits(rate.load(Relaxed));
        let (calls, bad) = (f64::from(tally.calls), f64::from(tally.bad));
        // Nearly always the answer, and three times as fast as a division.
        if bad < rate * calls * 0.999 {
            return false;
        }
        // But the division finds 7 of 100 to be 0.07, and the product does not.
        self.has_enough(tally.calls) && bad / calls >= rate
    }

    fn has_enough(&self, calls: u32) -> bool {
        let least = self.min_calls.load(Relaxed);
        match self.window {
            // It never holds more.
            Window::Calls(size) => calls >= least.min(size),
            Window::Time { .. } => calls >= least,
        }
    }

    /// For how many nanoseconds the circuit opens, after so many openings in a row.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "exact up to 104 days, and saturates"
    )]
    pub(super) fn open_length(&self, openings: u32) -> u64 {
        let open_for = self.open_for.load(Relaxed);
        if openings == 0 {
            return open_for;
        }
        let power = i32::try_from(openings).unwrap_or(i32::MAX);
        // Nothing times infinity is "not a number", which becomes nothing again.
        let grown = (open_for as f64 * self.factor.powi(power)) as u64;
        // A first one that is longer than `max` was meant.
        grown.clamp(open_for, self.max.max(open_for))
    }
}

/// What fits into 584 years; anything longer is `MAX`.
#[allow(clippy::cast_possible_truncation, reason = "the branch rules it out")]
pub(super) const fn nanos(time: Duration) -> u64 {
    let nanos = time.as_nanos();
    if nanos < u64::MAX as u128 {
        nanos as u64
    } else {
        u64::MAX
    }
}

/// A count of at least 1.
pub(super) const fn count(count: u32) -> u32 {
    match count {
        0 => 1,
        1..=MAX_COUNT => count,
        _ => MAX_COUNT,
    }
}

/// The bits of a rate above 0 and up to 1, so that what never failed is never opened.
const fn ratio(rate: f64) -> u64 {
    let rate = if rate <= 0.0 {
        f64::MIN_POSITIVE
    } else if rate < 1.0 {
        rate
    } else {
        1.0
    };
    rate.to_bits()
}
