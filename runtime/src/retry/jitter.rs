//! Randomness in the delays, so that callers that failed together do not come back together.

use std::time::Duration;

use crate::nanos::Nanos;

/// How much of each delay is left to chance. With `v` the delay of the schedule:
///
/// | jitter | delay |
/// |---|---|
/// | `Full` | anything from 0 to `v` |
/// | `Equal` | anything from `v / 2` to `v` |
/// | `Proportional(p)` | anything from `v · (1 - p)` to `v · (1 + p)` |
/// | `None` | `v` |
///
/// The result never exceeds the maximum of the schedule. A proportion below 0 counts as 0, above 1
/// as 1, and one that is not a number as 0.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Jitter {
    /// Anything from nothing to the whole delay. Spreads callers best.
    Full,
    /// At least half of the delay.
    Equal,
    /// Exactly the delay.
    None,
    /// The delay, give or take this part of it.
    Proportional(f64),
}

impl Jitter {
    /// `delay` with jitter, clamped to `max` before and after.
    pub(super) fn apply(self, delay: Duration, max: Duration) -> Duration {
        let delay = delay.min(max);
        if delay.is_zero() {
            return delay;
        }
        let chance = match self {
            Self::None => return delay,
            _ => chance(),
        };
        self.spread(delay, chance).min(max)
    }

    fn spread(self, delay: Duration, chance: f64) -> Duration {
        let factor = match self {
            Self::None => return delay,
            Self::Full => chance,
            Self::Equal => 0.5 + 0.5 * chance,
            Self::Proportional(part) => {
                let part = if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) };
                1.0 - part + 2.0 * part * chance
            }
        };
        Nanos::from_f64(Nanos::new(delay).as_f64() * factor).into()
    }
}

/// Anything from 0 to 1, unless a test has set it.
pub(crate) fn chance() -> f64 {
    #[cfg(feature = "test-util")]
    if let Some(chance) = crate::testing::chance() {
        return chance;
    }
    fastrand::f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    const V: Duration = Duration::from_millis(1_000);

    fn at(jitter: Jitter, chances: [f64; 3]) -> [u128; 3] {
        chances.map(|chance| jitter.spread(V, chance).as_millis())
    }

    #[test]
    fn formulas() {
        let chances = [0.0, 0.5, 1.0];
        assert_eq!(at(Jitter::Full, chances), [0, 500, 1_000]);
        assert_eq!(at(Jitter::Equal, chances), [500, 750, 1_000]);
        assert_eq!(at(Jitter::None, chances), [1_000; 3]);
        assert_eq!(at(Jitter::Proportional(0.2), chances), [800, 1_000, 1_200]);
    }

    #[test]
    fn proportions_out_of_range_are_clamped() {
        let chances = [0.0, 0.5, 1.0];
        assert_eq!(at(Jitter::Proportional(7.0), chances), [0, 1_000, 2_000]);
        for part in [f64::NAN, -0.5, 0.0, f64::NEG_INFINITY] {
            assert_eq!(at(Jitter::Proportional(part), chances), [1_000; 3], "{part}");
        }
    }

    #[test]
    fn the_maximum_holds_before_and_after() {
        let max = Duration::from_millis(100);
        for _ in 0..1_000 {
            // Clamped before: jitter around the 1000 ms would nearly always end at the maximum.
            let delay = Jitter::Proportional(0.5).apply(V, max);
            assert!((max / 2..=max).contains(&delay), "{delay:?}");
            let delay = Jitter::Full.apply(Duration::MAX, max);
            assert!(delay <= max, "{delay:?}");
        }
        assert_eq!(
            Jitter::Proportional(1.0).apply(Duration::ZERO, max),
            Duration::ZERO
        );
        assert_eq!(Jitter::None.apply(V, max), max);
    }

    #[test]
    fn nothing_overflows() {
        for jitter in [
            Jitter::Full,
            Jitter::Equal,
            Jitter::None,
            Jitter::Proportional(1.0),
        ] {
            let _ = jitter.apply(Duration::MAX, Duration::MAX);
        }
    }

    #[test]
    fn is_spread_evenly() {
        let total: Duration = (0..10_000).map(|_| Jitter::Full.apply(V, V)).sum();
        let mean = total / 10_000;
        assert!(mean.abs_diff(V / 2) < V / 50, "{mean:?}");
    }
}
