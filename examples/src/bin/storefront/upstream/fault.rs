//! Which call meets which fault: a pure function of the seed, the order or visit and how often it was tried before, so
//! that both shops are dealt the same hand.

use std::ops::Range;
use std::time::Duration;

/// What a service does to one call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    None,
    /// Answers, but takes its time.
    Slow(Duration),
    /// 503 with `Retry-After`.
    Busy,
    /// The connection is reset; `done` says whether the work was done before the answer was lost.
    Reset {
        done: bool,
    },
    /// No answer, ever.
    Hang,
}

/// How badly one service behaves: the share of calls that meet each fault.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) name: &'static str,
    /// What honest work takes, in microseconds.
    work: Range<u64>,
    slow: f64,
    busy: f64,
    reset: f64,
    hang: f64,
    /// So many calls at once get the most work done; with more of them all of it slows down.
    pub(super) best_at: Option<u32>,
}

pub(crate) const INVENTORY: Profile = Profile {
    name: "inventory",
    work: 15_000..45_000,
    slow: 0.06,
    busy: 0.03,
    reset: 0.03,
    hang: 0.01,
    best_at: Some(14),
};
pub(crate) const PAYMENTS: Profile = Profile {
    name: "payments",
    work: 3_000..15_000,
    slow: 0.04,
    busy: 0.02,
    reset: 0.03,
    hang: 0.01,
    best_at: None,
};
/// Rarely fails, and has a long tail.
pub(crate) const CATALOGUE: Profile = Profile {
    name: "catalogue",
    work: 3_000..15_000,
    slow: 0.06,
    busy: 0.0,
    reset: 0.01,
    hang: 0.01,
    best_at: None,
};

/// What one call has coming: the time honest work takes, then the fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand {
    pub(crate) work: Duration,
    pub(crate) fault: Fault,
}

impl Profile {
    /// `ordinal` counts the calls made for this order or visit, from 1.
    pub(crate) fn deal(&self, seed: u64, key: &str, ordinal: u32) -> Hand {
        let mut rng = dice(seed, &[self.name, key], ordinal);
        let work = Duration::from_micros(rng.u64(self.work.clone()));
        let slow = Duration::from_millis(rng.u64(200..1_200));
        let done = rng.bool();
        let mut left = rng.f64();
        let mut is = |share: f64| {
            left -= share;
            left < 0.0
        };
        let fault = if is(self.slow) {
            Fault::Slow(slow)
        } else if is(self.busy) {
            Fault::Busy
        } else if is(self.reset) {
            Fault::Reset { done }
        } else if is(self.hang) {
            Fault::Hang
        } else {
            Fault::None
        };
        Hand { work, fault }
    }
}

/// Falls the same for the same words, whenever it is thrown.
pub(crate) fn dice(seed: u64, words: &[&str], ordinal: u32) -> fastrand::Rng {
    fastrand::Rng::with_seed(hash(seed, words, ordinal))
}

/// FNV-1a: the same on every platform and in every release of the standard library.
fn hash(seed: u64, words: &[&str], ordinal: u32) -> u64 {
    let bytes = words
        .iter()
        .flat_map(|word| word.bytes().chain([0]))
        .chain(ordinal.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
