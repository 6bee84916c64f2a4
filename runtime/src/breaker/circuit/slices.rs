//! The results of the last while, in slices of time that are forgotten one by one.
//!
//! | bits of a slice | |
//! |---|---|
//! | 6 | generation: a slice of an earlier state is empty |
//! | 22 | number of the slice |
//! | 18 | results |
//! | 18 | those that count |

use std::sync::atomic::Ordering::{AcqRel, Acquire};

use super::{
    super::sync::AtomicU64,
    cells::INLINE,
    word::{Stamp, Tally},
};

/// How many slices a window has.
pub(crate) const SLICES: u64 = INLINE as u64;

const COUNT_BITS: u32 = 18;
const COUNT: u64 = (1 << COUNT_BITS) - 1;
const NUMBER_SHIFT: u32 = 2 * COUNT_BITS;
const NUMBER: u64 = (1 << 22) - 1;
const GENERATION_SHIFT: u32 = NUMBER_SHIFT + 22;
const GENERATION: u64 = (1 << 6) - 1;

#[derive(Clone, Copy, PartialEq, Eq)]
struct Slice(u64);

impl Slice {
    fn new(stamp: Stamp, number: u64) -> Self {
        let generation = stamp.generation() & GENERATION;
        Self(generation << GENERATION_SHIFT | (number & NUMBER) << NUMBER_SHIFT)
    }

    /// Whether it is this one, whatever it holds.
    fn is(self, other: Self) -> bool {
        self.0 >> NUMBER_SHIFT == other.0 >> NUMBER_SHIFT
    }

    /// Whether it belongs to a later state than `other`. One that is empty belongs to none.
    fn is_after(self, other: Self) -> bool {
        let ahead = (self.0 >> GENERATION_SHIFT).wrapping_sub(other.0 >> GENERATION_SHIFT) & GENERATION;
        self.calls() != 0 && ahead != 0 && ahead <= GENERATION / 2
    }

    const fn calls(self) -> u64 {
        self.0 >> COUNT_BITS & COUNT
    }

    const fn bad(self) -> u64 {
        self.0 & COUNT
    }

    const fn with(self, bad: bool) -> Self {
        let (mut calls, mut count) = (self.calls(), self.bad());
        if calls == COUNT {
            // There is room for no more. What matters is the rate.
            calls /= 2;
            count = count.div_ceil(2);
        }
        calls += 1;
        count += bad as u64;
        Self(self.0 >> NUMBER_SHIFT << NUMBER_SHIFT | calls << COUNT_BITS | count)
    }

    /// Whether it is in the window that ends with `last`.
    fn is_within(self, last: Self) -> bool {
        let (ours, theirs) = (self.0 >> NUMBER_SHIFT, last.0 >> NUMBER_SHIFT);
        let age = theirs.wrapping_sub(ours) & NUMBER;
        // A thread that has read the clock a little later may have been here already.
        let age = age.wrapping_add(SLICES - 1) & NUMBER;
        self.0 >> GENERATION_SHIFT == last.0 >> GENERATION_SHIFT && age < 2 * SLICES - 1
    }
}

/// Takes in a result that came in slice `number`, and says what the window holds.
pub(super) fn record(slices: &[AtomicU64; INLINE], stamp: Stamp, number: u64, bad: bool) -> Tally {
    let ours = Slice::new(stamp, number);
    if let Some(slice) = slices.get(index(number)) {
        let mut seen = slice.load(Acquire);
        loop {
            let found = Slice(seen);
            if found.is_after(ours) {
                // The state has changed since the call looked: its result is stale by now.
                break;
            }
            let next = if found.is(ours) { found } else { ours }.with(bad);
            match slice.compare_exchange(seen, next.0, AcqRel, Acquire) {
                Ok(_) => break,
                Err(changed) => seen = changed,
            }
        }
    }
    tally(slices, stamp, number)
}

/// What the window holds that ends with slice `number`.
pub(super) fn tally(slices: &[AtomicU64; INLINE], stamp: Stamp, number: u64) -> Tally {
    let last = Slice::new(stamp, number);
    let mut tally = Tally { calls: 0, bad: 0 };
    for slice in slices {
        let slice = Slice(slice.load(Acquire));
        if slice.is_within(last) {
            tally.calls += count(slice.calls());
            tally.bad += count(slice.bad());
        }
    }
    tally
}

/// Forgets all of them.
pub(super) fn clear(slices: &[AtomicU64; INLINE]) {
    for slice in slices {
        slice.swap(0, AcqRel);
    }
}

#[allow(clippy::cast_possible_truncation, reason = "below the number of slices")]
const fn index(number: u64) -> usize {
    (number % SLICES) as usize
}

#[allow(clippy::cast_possible_truncation, reason = "18 bits")]
const fn count(count: u64) -> u32 {
    count as u32
}
