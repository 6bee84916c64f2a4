//! What decides on a call, in one word: what state the circuit is in, and what its window or its
//! probes have come to.
//!
//! | bits | | |
//! |---|---|---|
//! | 3 | kind | |
//! | 14 | generation | one more with each change of state |
//! | 1 | full | closed: the window has been filled once |
//! | 2 | change | closed: what the latest result has yet to write into its cell |
//! | 16 | lap | closed: how often the window was gone through, so that no two words are alike |
//! | 14 | at | closed: the cell of the next result; half-open: probes that are running |
//! | 14 | bad | closed: results in the window that count; half-open: probes that succeeded |

const COUNT_BITS: u32 = 14;
const BAD: u64 = (1 << COUNT_BITS) - 1;
const AT_SHIFT: u32 = COUNT_BITS;
const LAP_SHIFT: u32 = AT_SHIFT + COUNT_BITS;
const LAP: u64 = (1 << 16) - 1;
const CHANGE_SHIFT: u32 = LAP_SHIFT + 16;
const CHANGE: u64 = 0b11 << CHANGE_SHIFT;
const FULL: u64 = 1 << (CHANGE_SHIFT + 2);
const GENERATION_SHIFT: u32 = CHANGE_SHIFT + 3;
const GENERATION: u64 = (1 << 14) - 1;
const KIND_SHIFT: u32 = GENERATION_SHIFT + 14;
const STAMP: u64 = !0 << GENERATION_SHIFT;

/// The largest number a window, a run or a set of probes may have.
pub(crate) const MAX_COUNT: u32 = (1 << COUNT_BITS) - 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Closed,
    Open,
    HalfOpen,
    ForcedOpen,
    ForcedClosed,
}

/// When a call was admitted: the state, and which one of that kind. What it comes to counts only
/// while that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp(u64);

impl Stamp {
    /// Of no state: a permit that has been used up.
    pub(crate) const NONE: Self = Self(!0);

    #[inline]
    pub(super) const fn kind(self) -> Kind {
        Word(self.0).kind()
    }

    #[inline]
    pub(super) const fn generation(self) -> u64 {
        self.0 >> GENERATION_SHIFT & GENERATION
    }
}

/// What a window holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) calls: u32,
    /// Those that count against the other side.
    pub(crate) bad: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word(pub(super) u64);

impl Word {
    #[inline]
    pub(super) const fn kind(self) -> Kind {
        match self.0 >> KIND_SHIFT {
            0 => Kind::Closed,
            1 => Kind::Open,
            2 => Kind::HalfOpen,
            3 => Kind::ForcedOpen,
            _ => Kind::ForcedClosed,
        }
    }

    #[inline]
    pub(super) const fn stamp(self) -> Stamp {
        Stamp(self.0 & STAMP)
    }

    /// The state that follows.
    pub(super) const fn next(self, kind: Kind) -> Self {
        let generation = (self.stamp().generation() + 1) & GENERATION;
        Self((kind as u64) << KIND_SHIFT | generation << GENERATION_SHIFT)
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked to 14 bits")]
    pub(super) const fn bad(self) -> u32 {
        (self.0 & BAD) as u32
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked to 14 bits")]
    pub(super) const fn at(self) -> u32 {
        (self.0 >> AT_SHIFT & BAD) as u32
    }

    const fn is_full(self) -> bool {
        self.0 & FULL != 0
    }

    /// Whether one more good result would change nothing: the window is full of them, in the state
    /// of `stamp`.
    #[inline]
    pub(super) const fn is_at_rest(self, stamp: Stamp) -> bool {
        self.0 & (STAMP | FULL | BAD) == stamp.0 | FULL
    }

    #[inline]
    pub(super) const fn tally(self, size: u32) -> Tally {
        Tally {
            calls: if self.is_full() { size } else { self.at() },
            bad: self.bad(),
        }
    }

    /// The cell that the latest result went to, and what that one has yet to be set to.
    #[inline]
    pub(super) const fn change(self, size: u32) -> Option<(u32, bool)> {
        if self.0 & CHANGE == 0 {
            return None;
        }
        let next = self.at();
        let at = if next == 0 { size } else { next } - 1;
        Some((at, self.0 & 1 << CHANGE_SHIFT != 0))
    }

    /// With one more result, whose cell has `stored` the one it displaces.
    #[inline]
    pub(super) const fn push(self, bad: bool, stored: bool, size: u32) -> Self {
        let evicted = self.is_full() && stored;
        let count = self.bad() + bad as u32 - evicted as u32;
        let change = if bad == stored { 0 } else { 0b10 | bad as u64 };
        let mut full = self.0 & FULL;
        let mut lap = self.0 >> LAP_SHIFT & LAP;
        let mut at = self.at() + 1;
        if at >= size {
            at = 0;
            full = FULL;
            lap = (lap + 1) & LAP;
        }
        Self(
            self.0 & STAMP
                | full
                | change << CHANGE_SHIFT
                | lap << LAP_SHIFT
                | (at as u64) << AT_SHIFT
                | count as u64,
        )
    }

    /// Closed: with so many in a row that count.
    #[inline]
    pub(super) const fn run(self, bad: u32) -> Self {
        Self(self.0 & !BAD | bad as u64)
    }

    /// Half-open: how many probes are running, and how many succeeded.
    pub(super) const fn probes(self) -> (u32, u32) {
        (self.at(), self.bad())
    }

    pub(super) const fn with_probes(self, running: u32, succeeded: u32) -> Self {
        Self(self.0 & STAMP | (running as u64) << AT_SHIFT | succeeded as u64)
    }
}
