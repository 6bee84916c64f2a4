//! Arguments that each attempt gets its own copy of.

/// An argument named in `clone(…)`: cloned for each attempt but the last possible, which gets the
/// value itself.
#[doc(hidden)]
#[derive(Debug)]
pub struct Keep<T>(Option<T>);

impl<T> Keep<T> {
    // Any value: that it has no `Clone` is said once, by `next`, which is called at the argument's name.
    #[inline]
    pub fn new(value: T) -> Self {
        Self(Some(value))
    }

    /// The value for the next attempt.
    #[inline]
    #[allow(clippy::unreachable, reason = "no attempt follows the last one")]
    pub fn next(&mut self, is_last: bool) -> T
    where
        T: Clone,
    {
        let value = if is_last { self.0.take() } else { self.0.clone() };
        match value {
            Some(value) => value,
            None => unreachable!("an attempt after the last one"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn clones_for_each_attempt_but_the_last() {
        let value = Rc::new(());
        let mut keep = Keep::new(Rc::clone(&value));
        let first = keep.next(false);
        assert_eq!(Rc::strong_count(&value), 3);
        let last = keep.next(true);
        assert_eq!(Rc::strong_count(&value), 3);
        drop((first, last, keep));
        assert_eq!(Rc::strong_count(&value), 1);
    }
}
