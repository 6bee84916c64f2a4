//! A bucket in one word, so that everything in it changes together.

/// Tokens, when they were counted, and whether their lack has been warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) exhausted: bool,
    pub(super) tokens: u32,
    /// Milliseconds since anyone first asked.
    pub(super) at: u64,
}

impl State {
    pub(super) const MAX_TOKENS: u32 = (1 << 23) - 1;
    /// 34 years.
    const MAX_AT: u64 = (1 << 40) - 1;

    pub(super) const fn full(capacity: u32) -> Self {
        Self {
            exhausted: false,
            tokens: capacity,
            at: 0,
        }
    }

    #[inline]
    pub(super) const fn pack(self) -> u64 {
        let at = if self.at < Self::MAX_AT {
            self.at
        } else {
            Self::MAX_AT
        };
        (self.exhausted as u64) << 63 | (self.tokens as u64) << 40 | at
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "masked to 23 bits")]
    pub(super) const fn unpack(word: u64) -> Self {
        Self {
            exhausted: word >> 63 == 1,
            tokens: (word >> 40) as u32 & Self::MAX_TOKENS,
            at: word & Self::MAX_AT,
        }
    }
}
