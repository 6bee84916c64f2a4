//! Randomness in the delays, so that callers that failed together do not come back together.

use std::time::Duration;

use super::nanos::Nanos;

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
            _ => fastrand::f64(),
        };
        self.spread(delay, chance).min(max)
    }

    fn spread(self, delay: Duration, chance: f64) -> Duration {
        let factor = match self {
            Self::None => return delay,
            Self::Full => chance,
            Self::Equal => 0.5 + 0.5 * chance,
            Self::Proportional(part) => {
                // `max` before `min`: a NaN becomes 0.
                let part = part.max(0.0).min(1.0);
                1.0 - part + 2.0 * part * chance
            }
        };
        Nanos::from_f64(Nanos::new(delay).as_f64() * factor).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
}
