//! The last N results, of which each counts or does not: what failed, or what was slow.
//!
//! A word says how many there are and how many of them count; a ring of bits, which ones. A result
//! enters by one compare-and-swap of the word. Most results write nothing else, since they are like
//! those they displace. One that is not leaves in the word what its bit has to become; whoever
//! changes the word next makes sure of that first. So the two never disagree, and nobody waits.

use std::sync::atomic::Ordering::{AcqRel, Acquire};

use super::{
    super::sync::{AtomicU64, constructor},
    cells::{Cells, INLINE},
    word::{Kind, Stamp, Tally, Word},
};

#[derive(Debug)]
pub(super) struct Lane {
    head: AtomicU64,
    cells: Cells,
}

/// What became of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recorded {
    Yes,
    /// It belongs to a state that is over.
    Stale,
    /// It is not in yet, and the circuit is to open instead: if this is still the word.
    Trips(Word),
}

impl Lane {
    constructor! {
        pub(super) fn new() -> Self {
            Self { head: AtomicU64::new(0), cells: Cells::new() }
        }
    }

    #[inline]
    pub(super) fn load(&self) -> Word {
        Word(self.head.load(Acquire))
    }

    /// Replaces the word, unless it has changed: then that is the answer.
    #[inline]
    pub(super) fn replace(&self, seen: Word, wanted: Word) -> Result<(), Word> {
        match self.head.compare_exchange(seen.0, wanted.0, AcqRel, Acquire) {
            Ok(_) => Ok(()),
            Err(changed) => Err(Word(changed)),
        }
    }

    pub(super) const fn slices(&self) -> &[AtomicU64; INLINE] {
        self.cells.slices()
    }

    /// Takes in a result of a call admitted at `stamp`, unless it `trips`.
    #[inline]
    pub(super) fn record(
        &self,
        stamp: Stamp,
        bad: bool,
        size: u32,
        trips: impl Fn(Tally) -> bool,
    ) -> Recorded {
        let mut seen = self.load();
        loop {
            if seen.stamp() != stamp {
                return Recorded::Stale;
            }
            if !bad && seen.is_at_rest(stamp) {
                return Recorded::Yes;
            }
            if let Err(changed) = self.settle(seen, size) {
                seen = changed;
                continue;
            }
            let cell = self.cells.at(seen.at(), size);
            let next = seen.push(bad, cell.is_set(cell.word().load(Acquire)), size);
            if trips(next.tally(size)) {
                return Recorded::Trips(seen);
            }
            match self.replace(seen, next) {
                Ok(()) => {
                    // Should it be done already, so much the better.
                    let _ = self.settle(next, size);
                    return Recorded::Yes;
                }
                Err(changed) => seen = changed,
            }
        }
    }

    /// The same of a lane that knows no more than how many in a row counted.
    #[inline]
    pub(super) fn record_run(&self, stamp: Stamp, bad: bool, longest: u32) -> Recorded {
        let mut seen = self.load();
        loop {
            if seen.stamp() != stamp {
                return Recorded::Stale;
            }
            let run = if bad { seen.bad() + 1 } else { 0 };
            if run >= longest {
                return Recorded::Trips(seen);
            }
            if run == seen.bad() {
                return Recorded::Yes;
            }
            match self.replace(seen, seen.run(run)) {
                Ok(()) => return Recorded::Yes,
                Err(changed) => seen = changed,
            }
        }
    }

    /// Sees to it that the latest result is in its cell: before the word `seen` is replaced.
    /// Another word, if it has been by now.
    #[inline]
    pub(super) fn settle(&self, seen: Word, size: u32) -> Result<(), Word> {
        match seen.change(size) {
            None => Ok(()),
            Some((at, value)) => self.write(seen, at, value, size),
        }
    }

    fn write(&self, seen: Word, at: u32, value: bool, size: u32) -> Result<(), Word> {
        let cell = self.cells.at(at, size);
        loop {
            let word = cell.word().load(Acquire);
            if cell.is_set(word) == value {
                return Ok(());
            }
            // The cell may be ahead: a whole lap later it is to hold something else. It is not if
            // the head is still the one that wants this; and if it gets there after this line, then
            // the word has been written by then, and the exchange fails.
            let now = self.load();
            if now != seen {
                return Err(now);
            }
            let wanted = cell.set(word, value);
            if cell
                .word()
                .compare_exchange(word, wanted, AcqRel, Acquire)
                .is_ok()
            {
                return Ok(());
            }
        }
    }

    /// Replaces the word by `wanted` of it, whatever it is.
    pub(super) fn change(&self, size: u32, wanted: impl Fn(Word) -> Word) {
        let mut seen = self.load();
        loop {
            let replaced = self
                .settle(seen, size)
                .and_then(|()| self.replace(seen, wanted(seen)));
            match replaced {
                Ok(()) => return,
                Err(changed) => seen = changed,
            }
        }
    }

    /// An empty window, for the closed state that follows `seen`.
    pub(super) fn empty_after(&self, seen: Word, size: u32) {
        self.change(size, |_| seen.next(Kind::Closed));
    }
}
