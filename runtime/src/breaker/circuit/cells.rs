//! Where a window keeps what it cannot keep in its word.

use std::sync::OnceLock;

use super::super::sync::{AtomicU64, constructor, zeros};

/// How many words there are without an allocation: the slices of a window of time, or 320 results.
pub(super) const INLINE: usize = 10;

/// How many results are in a word. The other half counts how often it was written, so that a
/// thread that was held up cannot write what is no longer true.
const PER_WORD: u32 = 32;

const MOST_INLINE: u32 = INLINE as u32 * PER_WORD;

#[derive(Debug)]
pub(super) struct Cells {
    inline: [AtomicU64; INLINE],
    // Of a larger window; made once, when its first result comes.
    more: OnceLock<Box<[AtomicU64]>>,
}

/// A word, and the bit in it, that hold one result.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    word: &'a AtomicU64,
    bit: u64,
}

impl Cells {
    constructor! {
        pub(super) fn new() -> Self {
            Self { inline: zeros(), more: OnceLock::new() }
        }
    }

    pub(super) const fn slices(&self) -> &[AtomicU64; INLINE] {
        &self.inline
    }

    /// The cell of the result `at`, of `size`.
    #[inline]
    pub(super) fn at(&self, at: u32, size: u32) -> Cell<'_> {
        let index = (at / PER_WORD) as usize;
        let word = match size {
            0..=MOST_INLINE => self.inline.get(index),
            _ => self.more(size).get(index),
        };
        Cell {
            // There is one: `at` is below `size`.
            word: word.unwrap_or(&self.inline[0]),
            bit: 1 << (at % PER_WORD),
        }
    }

    #[inline]
    fn more(&self, size: u32) -> &[AtomicU64] {
        self.more.get_or_init(|| allocate(size))
    }
}

#[cold]
fn allocate(size: u32) -> Box<[AtomicU64]> {
    (0..size.div_ceil(PER_WORD)).map(|_| AtomicU64::new(0)).collect()
}

impl<'a> Cell<'a> {
    #[inline]
    pub(super) fn word(self) -> &'a AtomicU64 {
        self.word
    }

    #[inline]
    pub(super) fn is_set(self, word: u64) -> bool {
        word & self.bit != 0
    }

    /// What `word` is to become, so that this cell holds `value`.
    #[inline]
    pub(super) fn set(self, word: u64, value: bool) -> u64 {
        let bits = if value { word | self.bit } else { word & !self.bit };
        bits.wrapping_add(1 << PER_WORD)
    }
}
