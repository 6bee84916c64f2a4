//! Counts of an attribute that are expressions: of any integer type, and known when a `static` is made.

/// So many calls. Below 0 counts as 0, and what is too large as the largest.
#[doc(hidden)]
#[must_use]
pub const fn calls(count: i128) -> u32 {
    clamped(count, u32::MAX as i128) as u32
}

/// So many slots.
#[doc(hidden)]
#[must_use]
pub const fn slots(count: i128) -> usize {
    clamped(count, u32::MAX as i128) as usize
}

const fn clamped(count: i128, most: i128) -> i128 {
    if count < 0 {
        0
    } else if count > most {
        most
    } else {
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_the_nearest_that_does() {
        assert_eq!(calls(-1), 0);
        assert_eq!(calls(7), 7);
        assert_eq!(calls(i128::MAX), u32::MAX);
        assert_eq!(slots(16), 16);
        assert_eq!(slots(i128::MIN), 0);
    }
}
