//! The state of a retry loop. The loop itself is in the expansion, where the borrow checker sees
//! the user's own lines.

mod ask;
mod attempt;
mod budget;
mod jitter;
mod keyed;
mod pause;
mod plan;
mod policy;
mod schedule;
mod stopwatch;
mod verdict;
mod why;

use std::time::Duration;

pub(crate) use self::ask::Budget;
pub use self::{
    ask::{NoBudget, Own, Shared},
    attempt::{Attempt, Attempts, Cut, Retrying, attempts},
    budget::RetryBudget,
    jitter::Jitter,
    keyed::{Keyed, KeyedRetryBudget},
    pause::{Delay, pause, pause_within},
    plan::Plan,
    policy::RetryPolicy,
    schedule::{Backoff, Constant, Delays, Exponential},
    verdict::{Ended, Verdict, any_error, judge_stop, not_sent, transient, when, when_result},
};
pub(crate) use self::{jitter::chance, verdict::Cause, why::Why};
use self::{
    plan::Planned,
    schedule::Schedule,
    stopwatch::{Stopwatch, Timed, Untimed},
};
#[cfg(feature = "test-util")]
use crate::testing;
use crate::{
    control,
    limit::IntoLimit,
    nanos::Nanos,
    probe::Text,
    scope,
    telemetry::{self, Event},
    timeout::Elapsed,
};

/// The state of one retried call.
#[doc(hidden)]
#[derive(Debug)]
pub struct Retry<P, B, C = Untimed> {
    plan: P,
    budget: B,
    clock: C,
    delay: Nanos,
    number: u32,
    // What the latest retry took from the budget.
    held: u8,
    // What it followed.
    cause: Cause,
    why: Why,
    // Asked once: what a body is given for its last attempt is given once.
    #[cfg(feature = "test-util")]
    cap: Option<u32>,
}

impl<P: Planned, B: Budget> Retry<P, B> {
    #[inline]
    pub fn new(plan: P, budget: B) -> Self {
        let retry = Self {
            plan,
            budget,
            clock: Untimed,
            delay: Nanos::ZERO,
            number: 1,
            held: 0,
            cause: Cause::Error,
            why: Why::Succeeded,
            #[cfg(feature = "test-util")]
            cap: testing::cap(),
        };
        retry.begins();
        retry
    }
}

impl<P: Planned, B: Budget, C: Stopwatch> Retry<P, B, C> {
    /// The same call with another clock.
    #[inline]
    fn clock(self, change: impl FnOnce(C) -> Timed) -> Retry<P, B, Timed> {
        Retry {
            plan: self.plan,
            budget: self.budget,
            clock: change(self.clock),
            delay: self.delay,
            number: self.number,
            held: self.held,
            cause: self.cause,
            why: self.why,
            #[cfg(feature = "test-util")]
            cap: self.cap,
        }
    }

    /// No attempt starts later than this after the call. Reads the clock, unless there is no limit.
    #[must_use]
    #[inline]
    pub fn max_elapsed(self, limit: impl IntoLimit) -> Retry<P, B, Timed> {
        let limit = limit.into_limit().nanos();
        self.clock(|_| Timed::within(limit))
    }

    /// Reads the clock now, because someone will ask for `elapsed`.
    #[must_use]
    #[inline]
    pub fn timed(self) -> Retry<P, B, Timed> {
        self.clock(Stopwatch::timed)
    }

    /// Ends the call with a success that was taken out of its `Result` before anyone asked what kind of error it is: that
    /// way it need not pass through memory as part of a whole, which costs as much as all the rest of this layer.
    #[inline]
    pub fn settle<T, R>(&mut self, split: Result<T, R>) -> Result<T, R> {
        if split.is_ok() {
            self.succeeded();
        }
        split
    }

    /// Whether there is to be another attempt: then the delay is set, the budget has been asked,
    /// and the number is that of the next attempt.
    #[inline]
    pub fn again(&mut self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Retry { cause, hint } => match self.decide(cause, hint) {
                None => {
                    self.why = Why::Again;
                    true
                }
                Some(why) => {
                    self.why = why;
                    false
                }
            },
            Verdict::Permanent => {
                self.why = Why::Permanent;
                false
            }
            Verdict::Done => {
                self.succeeded();
                false
            }
        }
    }

    #[inline]
    fn succeeded(&mut self) {
        if self.number == 1 {
            self.budget.credit(|| self.plan.with(|plan| plan.operation));
        } else {
            self.why = Why::Succeeded;
            self.return_held();
            if cfg!(any(feature = "metrics", feature = "test-util")) {
                let operation = self.plan.with(|plan| plan.operation);
                telemetry::tell(
                    operation,
                    Event::Recovered {
                        attempts: self.number,
                    },
                );
            }
        }
    }

    /// A run of the body begins: only a recorder is told.
    #[inline]
    fn begins(&self) {
        if cfg!(feature = "test-util") && telemetry::is_recorded() {
            let operation = self.plan.with(|plan| plan.operation);
            telemetry::tell(operation, Event::Attempt { number: self.number });
        }
    }

    /// Sets the delay before the next attempt, or says why there is none. Cheap questions first; the
    /// budget last, since asking takes from it.
    #[inline]
    fn decide(&mut self, after: Cause, hint: Option<Duration>) -> Option<Why> {
        let capped = self.capped();
        let Self {
            plan,
            budget,
            clock,
            delay,
            number,
            held,
            cause,
            ..
        } = self;
        plan.with(|plan| {
            if capped(plan.attempts).is_last(*number) {
                return Some(Why::Attempts);
            }
            let wait = match hint {
                // In full and without jitter: the other side knows when it will be back.
                Some(hint) if hint <= Duration::from(plan.max_hint) => {
                    let wait = paused(hint);
                    if !clock.fits(wait) || !scope::fits(wait) {
                        return Some(Why::Hint);
                    }
                    wait
                }
                Some(_) => return Some(Why::Hint),
                None => {
                    let wait = paused(plan.schedule.pause(*number));
                    if !clock.fits(wait) {
                        return Some(Why::Elapsed);
                    }
                    if !scope::fits(wait) {
                        return Some(Why::Deadline);
                    }
                    wait
                }
            };
            if !control::RETRIES.lets(plan.operation, "retry") {
                return Some(Why::Off);
            }
            let cost = after.cost();
            if !budget.take(cost.into(), plan.operation) {
                return Some(Why::Budget);
            }
            *delay = Nanos::new(wait);
            *number = number.saturating_add(1);
            *held = cost;
            *cause = after;
            None
        })
    }

    /// Gives the budget back what the latest retry took.
    fn return_held(&mut self) {
        match std::mem::take(&mut self.held) {
            0 => {}
            held => self
                .budget
                .give_back(held.into(), || self.plan.with(|plan| plan.operation)),
        }
    }
}

impl<P, B, C> Retry<P, B, C> {
    /// How many runs of the body there may be: what the plan says, unless a test allows fewer.
    #[inline]
    fn capped(&self) -> impl Fn(Attempts) -> Attempts + Copy + use<P, B, C> {
        #[cfg(feature = "test-util")]
        let cap = self.cap;
        move |attempts| {
            #[cfg(feature = "test-util")]
            let attempts = attempts.at_most(cap);
            attempts
        }
    }

    /// The attempt that is running, or that is about to.
    #[must_use]
    #[inline]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The end of the whole call, which came during this attempt.
    #[inline]
    pub fn cut(&self, stop: Elapsed) -> Cut {
        Cut {
            stop,
            attempts: self.number,
        }
    }

    /// Why there was no further attempt. Empty after a success.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        self.why.name()
    }
}

impl<P: Planned, B: Budget, C: Stopwatch> Retry<P, B, C> {
    /// Whether no further attempt can follow the one that is running.
    #[must_use]
    #[inline]
    pub fn is_last(&self) -> bool {
        let capped = self.capped();
        self.plan.with(|plan| capped(plan.attempts).is_last(self.number))
    }

    /// What `attempt = NAME` shows the body.
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        let attempts = self.capped();
        self.plan.with(|plan| Attempt {
            number: self.number,
            of: attempts(plan.attempts).of(),
            is_last: attempts(plan.attempts).is_last(self.number),
            elapsed: self.clock.elapsed(),
        })
    }

    /// What `on_retry = F` is shown, after `again` said yes. Nothing where there is no error.
    #[must_use]
    pub fn event<'a, E: ?Sized>(&self, error: Option<&'a E>) -> Option<Retrying<'a, E>> {
        error.map(|error| {
            self.plan.with(|plan| Retrying {
                operation: plan.operation,
                attempt: self.number.saturating_sub(1),
                of: self.capped()(plan.attempts).of(),
                delay: self.delay.into(),
                elapsed: self.clock.elapsed(),
                error,
            })
        })
    }

    /// Tells what `again` has decided of a failure, where anyone listens.
    #[inline]
    pub fn log(&self, error: Text<'_>) {
        if self.why != Why::Succeeded && (telemetry::is_heard() || telemetry::is_counted()) {
            let operation = self.plan.with(|plan| plan.operation);
            let event = match self.why {
                Why::Again => Event::Retrying {
                    failed: self.number.saturating_sub(1),
                    delay: self.delay.into(),
                    cause: self.cause,
                    error,
                },
                why => Event::GaveUp {
                    attempts: self.number,
                    why,
                    error,
                },
            };
            telemetry::tell(operation, event);
        }
    }
}

/// A pause that is due, unless a test has done away with them.
#[inline]
fn paused(pause: Duration) -> Duration {
    #[cfg(feature = "test-util")]
    let pause = testing::delay(pause);
    pause
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
