//! The state of a retry loop. The loop itself is in the expansion, where the borrow checker sees
//! the user's own lines.

mod ask;
mod attempt;
mod budget;
mod clock;
mod jitter;
mod keyed;
mod pause;
mod policy;
mod schedule;
mod verdict;

use std::time::Duration;

pub(crate) use self::ask::Budget;
pub use self::{
    ask::{NoBudget, Shared},
    attempt::{Attempt, Attempts, Retrying, attempts},
    budget::RetryBudget,
    jitter::Jitter,
    keyed::{Keyed, KeyedRetryBudget},
    pause::{Delay, pause},
    policy::RetryPolicy,
    schedule::{Backoff, Constant, Delays, Exponential},
    verdict::{Ended, Verdict, any_error, judge_stop, not_sent, transient, when, when_result},
};
use self::{
    clock::{Clock, Timed, Untimed},
    schedule::{Jittered, Schedule},
};
use crate::{event, limit::IntoLimit, nanos::Nanos, probe::Text};

/// How long a server may ask for, unless the user says otherwise.
const MAX_HINT: Duration = Duration::from_secs(60);

/// The state of one retried call.
#[doc(hidden)]
#[derive(Debug)]
pub struct Retry<S, B, C = Untimed> {
    operation: &'static str,
    max_hint: Nanos,
    delay: Nanos,
    attempts: Attempts,
    number: u32,
    // What the latest retry took from the budget.
    held: u32,
    why: Why,
    schedule: S,
    budget: B,
    clock: C,
}

/// Why a call was not tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Succeeded,
    Permanent,
    Attempts,
    Hint,
    Elapsed,
    Budget,
}

impl<S: Schedule, B: Budget> Retry<S, B> {
    #[inline]
    pub fn new(operation: &'static str, attempts: Attempts, schedule: S, budget: B) -> Self {
        Self {
            operation,
            max_hint: const { Nanos::new(MAX_HINT) },
            delay: Nanos::ZERO,
            attempts,
            number: 1,
            held: 0,
            why: Why::Succeeded,
            schedule,
            budget,
            clock: Untimed,
        }
    }
}

impl<S: Schedule, B: Budget, C: Clock> Retry<S, B, C> {
    /// The same call with one of its parts changed for good.
    #[inline]
    fn with<T, D>(self, change: impl FnOnce(S, C) -> (T, D)) -> Retry<T, B, D> {
        let (schedule, clock) = change(self.schedule, self.clock);
        Retry {
            operation: self.operation,
            max_hint: self.max_hint,
            delay: self.delay,
            attempts: self.attempts,
            number: self.number,
            held: self.held,
            why: self.why,
            schedule,
            budget: self.budget,
            clock,
        }
    }

    #[must_use]
    #[inline]
    pub fn jitter(self, jitter: Jitter) -> Retry<Jittered<S>, B, C> {
        self.with(|schedule, clock| (Jittered::new(schedule, jitter), clock))
    }

    /// No attempt starts later than this after the call. Reads the clock, unless there is no limit.
    #[must_use]
    #[inline]
    pub fn max_elapsed(self, limit: impl IntoLimit) -> Retry<S, B, Timed> {
        let limit = limit.into_limit().nanos();
        self.with(|schedule, _| (schedule, Timed::within(limit)))
    }

    /// The longest wait that a server may ask for.
    #[must_use]
    #[inline]
    pub fn max_hint(mut self, limit: impl IntoLimit) -> Self {
        self.max_hint = limit.into_limit().nanos();
        self
    }

    /// Reads the clock now, because someone will ask for `elapsed`.
    #[must_use]
    #[inline]
    pub fn timed(self) -> Retry<S, B, Timed> {
        self.with(|schedule, clock| (schedule, clock.timed()))
    }

    /// Whether there is to be another attempt: then the delay is set, the budget has been asked,
    /// and the number is that of the next attempt.
    #[inline]
    pub fn again(&mut self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Done if self.number == 1 => {
                self.budget.credit();
                false
            }
            verdict => self.decide(verdict),
        }
    }

    #[cold]
    fn decide(&mut self, verdict: Verdict) -> bool {
        match self.delay_after(verdict) {
            Ok(delay) => {
                self.delay = Nanos::new(delay);
                self.number = self.number.saturating_add(1);
                true
            }
            Err(why) => {
                if why == Why::Succeeded {
                    self.return_held();
                }
                self.why = why;
                false
            }
        }
    }

    /// How long to wait before the next attempt, or why there is none. Cheap questions first; the
    /// budget last, since asking takes from it.
    fn delay_after(&mut self, verdict: Verdict) -> Result<Duration, Why> {
        let (cost, hint) = match verdict {
            Verdict::Done => return Err(Why::Succeeded),
            Verdict::Permanent => return Err(Why::Permanent),
            Verdict::Retry { cost, hint } => (cost, hint),
        };
        if self.is_last() {
            return Err(Why::Attempts);
        }
        let delay = match hint {
            // In full and without jitter: the other side knows when it will be back.
            Some(wait) if wait <= Duration::from(self.max_hint) && self.clock.fits(wait) => wait,
            Some(_) => return Err(Why::Hint),
            None => {
                let delay = self.schedule.pause(self.number);
                if !self.clock.fits(delay) {
                    return Err(Why::Elapsed);
                }
                delay
            }
        };
        if !self.budget.take(cost, self.operation) {
            return Err(Why::Budget);
        }
        self.held = cost;
        Ok(delay)
    }

    /// Gives the budget back what the latest retry took.
    fn return_held(&mut self) {
        match std::mem::take(&mut self.held) {
            0 => {}
            held => self.budget.give_back(held),
        }
    }
}

impl<S, B, C> Retry<S, B, C> {
    /// The attempt that is running, or that is about to.
    #[must_use]
    #[inline]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Whether no further attempt can follow the one that is running.
    #[must_use]
    #[inline]
    pub fn is_last(&self) -> bool {
        self.attempts.of().is_some_and(|of| self.number >= of)
    }

    /// Why there was no further attempt. Empty after a success.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        match self.why {
            Why::Succeeded => "",
            Why::Permanent => "permanent",
            Why::Attempts => "attempts",
            Why::Hint => "hint",
            Why::Elapsed => "elapsed",
            Why::Budget => "budget",
        }
    }
}

impl<S: Schedule, B: Budget, C: Clock> Retry<S, B, C> {
    /// What `attempt = NAME` shows the body.
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        Attempt {
            number: self.number,
            of: self.attempts.of(),
            is_last: self.is_last(),
            elapsed: self.clock.elapsed(),
        }
    }

    /// What `on_retry = F` is shown, after `again` said yes. Nothing where there is no error.
    #[must_use]
    pub fn event<'a, E: ?Sized>(&self, error: Option<&'a E>) -> Option<Retrying<'a, E>> {
        error.map(|error| Retrying {
            operation: self.operation,
            attempt: self.number.saturating_sub(1),
            of: self.attempts.of(),
            delay: self.delay.into(),
            elapsed: self.clock.elapsed(),
            error,
        })
    }

    /// Logs the retry that `again` said yes to.
    #[cold]
    pub fn log(&self, error: Text<'_>) {
        let failed = self.number.saturating_sub(1);
        event::retrying(self.operation, failed, self.delay.into(), error);
    }
}

/// Calls the user's `on_retry`. Whatever it returns is ignored.
#[doc(hidden)]
#[cold]
pub fn observe<E: ?Sized, F, R>(f: F, event: &Option<Retrying<'_, E>>)
where
    F: FnOnce(&Retrying<'_, E>) -> R,
{
    if let Some(event) = event {
        f(event);
    }
}

#[cfg(test)]
mod tests;
