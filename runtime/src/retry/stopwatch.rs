//! What a retry knows of time: nothing, unless an option needs it.

use std::time::Duration;

use tokio::time::Instant;

use crate::nanos::Nanos;

/// What a retried call measures its time with.
#[doc(hidden)]
pub trait Stopwatch: Sized {
    /// The time since the call; zero where nobody said that it would be asked for.
    fn elapsed(&self) -> Duration;

    /// Whether an attempt after `delay` would start in time.
    fn fits(&self, delay: Duration) -> bool;

    /// The same, running.
    fn timed(self) -> Timed;
}

/// Nobody asks for the time, so nobody reads the clock.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Untimed;

impl Stopwatch for Untimed {
    #[inline]
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    #[inline]
    fn fits(&self, _: Duration) -> bool {
        true
    }

    #[inline]
    fn timed(self) -> Timed {
        Timed {
            started: Some(Instant::now()),
            max: Nanos::MAX,
        }
    }
}

/// `max_elapsed`, `attempt = NAME`, `on_retry`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Timed {
    // None: a limit was asked for that turned out to be none.
    pub(super) started: Option<Instant>,
    pub(super) max: Nanos,
}

impl Timed {
    /// No attempt starts later than `max` after now. Reads the clock, unless there is no limit.
    #[inline]
    pub(super) fn within(max: Nanos) -> Self {
        Self {
            started: (max != Nanos::MAX).then(Instant::now),
            max,
        }
    }
}

impl Stopwatch for Timed {
    fn elapsed(&self) -> Duration {
        self.started.map_or(Duration::ZERO, |at| at.elapsed())
    }

    fn fits(&self, delay: Duration) -> bool {
        let max = match self.max {
            Nanos::MAX => return true,
            max => Duration::from(max),
        };
        // None at all means that there is no time for another attempt, however fast the first.
        !max.is_zero() && self.elapsed().saturating_add(delay) <= max
    }

    fn timed(self) -> Timed {
        Self {
            started: self.started.or_else(|| Some(Instant::now())),
            ..self
        }
    }
}
