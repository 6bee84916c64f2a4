//! The arithmetic: a generic cell rate algorithm in one word, so that a call takes one
//! compare-and-swap.
//!
//! The word is the time at which all calls of a burst are allowed again. A call moves it on by one
//! interval; it may start if that leaves it no further ahead than a whole burst.

// `super`, so that a model checker can put its own in place.
use super::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

/// How fast, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    /// From one call to the next.
    pub(super) interval: u64,
    /// How many at once after a long rest; at least 1.
    pub(super) burst: u64,
}

impl Pace {
    /// How far ahead the word may be for a call to start.
    #[inline]
    pub(super) const fn slack(self) -> u64 {
        self.interval.saturating_mul(self.burst - 1)
    }

    /// How far ahead it is after a whole burst.
    #[inline]
    const fn whole(self) -> u64 {
        self.interval.saturating_mul(self.burst)
    }

    /// How many calls could start now, when the word is this far ahead.
    pub(super) const fn left(self, ahead: u64) -> u64 {
        self.burst.saturating_sub(ahead.div_ceil(self.interval))
    }
}

/// Takes one call, or says how long until there is one.
///
/// `Relaxed` will do, here and below: all that there is to know is in this one word.
#[inline]
pub(super) fn take(full_at: &AtomicU64, now: u64, pace: Pace) -> Result<(), u64> {
    let latest = now.saturating_add(pace.slack());
    let mut current = full_at.load(Relaxed);
    loop {
        if current > latest {
            return Err(current - latest);
        }
        let to = current.max(now).saturating_add(pace.interval);
        match full_at.compare_exchange_weak(current, to, Relaxed, Relaxed) {
            Ok(_) => return Ok(()),
            Err(changed) => current = changed,
        }
    }
}

/// Changes the pace: what has been taken stays taken, in calls, as far as the new burst has so many.
pub(super) fn change(full_at: &AtomicU64, now: u64, from: Pace, to: Pace) {
    update(full_at, |current| {
        let ahead = u128::from(current.saturating_sub(now));
        let scaled = (ahead * u128::from(to.interval)).div_ceil(u128::from(from.interval));
        let ahead = u64::try_from(scaled).unwrap_or(u64::MAX).min(to.whole());
        now.saturating_add(ahead)
    });
}

/// Begins anew at `now` if the word is further ahead than a burst and `margin` can make it.
pub(super) fn begin_anew(full_at: &AtomicU64, now: u64, pace: Pace, margin: u64) {
    let possible = now.saturating_add(pace.whole()).saturating_add(margin);
    update(full_at, |current| if current > possible { now } else { current });
}

fn update(full_at: &AtomicU64, to: impl Fn(u64) -> u64) {
    let mut current = full_at.load(Relaxed);
    while let Err(changed) = full_at.compare_exchange_weak(current, to(current), Relaxed, Relaxed) {
        current = changed;
    }
}
