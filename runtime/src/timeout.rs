//! The layer that never waits for ever. The timer is armed when the body first has to wait, so a
//! body that is ready at once reads no clock.

mod total;

use std::{
    future::{Future, Pending, pending},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::{
    task::coop,
    time::{self, Instant},
};

pub(crate) use self::total::sleep_within;
pub use self::total::{NoLimit, Total, within};
pub(crate) use self::total::{Turns, Within, let_others_run};

use crate::{
    Deadline, Limit, TimedOut, TimeoutKind,
    telemetry::{self, Event},
};

/// A limit or a deadline, as far as a timer is concerned.
#[doc(hidden)]
pub trait When: Copy {
    /// When it is over, for something that begins to wait at `now`.
    fn end(self, now: &mut Now) -> End;

    /// What the error reports.
    fn limit(self) -> Option<Duration>;
}

/// When something is over.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Never,
    At(Instant),
    Passed,
}

/// The time, read at most once, and only if someone asks.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Now(Option<Instant>);

impl Now {
    #[inline]
    fn get(&mut self) -> Instant {
        *self.0.get_or_insert_with(Instant::now)
    }
}

impl When for Limit {
    #[inline]
    fn end(self, now: &mut Now) -> End {
        match self.duration() {
            None => End::Never,
            Some(Duration::ZERO) => End::Passed,
            // What no clock can count to is never.
            Some(limit) => now.get().checked_add(limit).map_or(End::Never, End::At),
        }
    }

    fn limit(self) -> Option<Duration> {
        self.duration()
    }
}

/// A limit that is a literal: known to the compiler, it takes no place in the future of a call.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Secs<const N: u64>;

/// The same in milliseconds.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Millis<const N: u64>;

macro_rules! literals {
    ($($unit:ident $of:ident)*) => {$(
        impl<const N: u64> When for $unit<N> {
            #[inline]
            fn end(self, now: &mut Now) -> End {
                now.get().checked_add(Duration::$of(N)).map_or(End::Never, End::At)
            }

            fn limit(self) -> Option<Duration> {
                Some(Duration::$of(N))
            }
        }
    )*};
}

literals!(Secs from_secs Millis from_millis);

impl When for Deadline {
    #[inline]
    fn end(self, now: &mut Now) -> End {
        match self.instant() {
            None => End::Never,
            Some(at) if at <= now.get() => End::Passed,
            Some(at) => End::At(at),
        }
    }

    fn limit(self) -> Option<Duration> {
        None
    }
}

/// Tokio's timer, as `sleep_until` has it too. That one is not generic, so it is called, makes a `Sleep` on the stack
/// and has it copied to its place; this one is made where it stays.
type Alarm = time::Timeout<Pending<()>>;

#[inline]
fn alarm(at: Instant) -> Alarm {
    time::timeout_at(at, pending())
}

pin_project! {
    /// What a timer waits for. The states fit into the niche of an `Alarm`: no flag beside it.
    #[project = StateProj]
    #[derive(Debug)]
    enum State {
        Unset,
        Never,
        Set { #[pin] alarm: Alarm },
    }
}

pin_project! {
    /// Starts when the body it limits is first found pending.
    #[derive(Debug)]
    pub(crate) struct Timer<W> {
        when: W,
        #[pin]
        state: State,
    }
}

impl<W: When> Timer<W> {
    #[inline]
    pub(crate) fn new(when: W) -> Self {
        Self {
            when,
            state: State::Unset,
        }
    }

    /// Whether the body is about to be polled with coop budget left; for `poll_after`.
    ///
    /// An alarm that is not set yet does not care, so a body that is ready at once does not pay
    /// for the question.
    #[inline]
    pub(crate) fn has_budget(&self) -> bool {
        matches!(self.state, State::Unset) || coop::has_budget_remaining()
    }

    /// Polls the timer after a body that is pending; sets its alarm the first time.
    ///
    /// A body that used up the budget (`had_budget`, and none is left) would keep the timer from
    /// ever being looked at: then it is polled without, as `tokio::time::timeout` does. Not the first time: a body
    /// without budget is polled again at once, and so is the timer then.
    #[inline]
    pub(crate) fn poll_after(self: Pin<&mut Self>, cx: &mut Context<'_>, had_budget: bool) -> Poll<()> {
        let mut this = self.project();
        match this.state.as_mut().project() {
            StateProj::Set { alarm } => poll_alarm(alarm, cx, had_budget),
            StateProj::Never => Poll::Pending,
            StateProj::Unset => match this.when.end(&mut Now::default()) {
                End::Never => {
                    this.state.set(State::Never);
                    Poll::Pending
                }
                End::At(at) => {
                    this.state.set(State::Set { alarm: alarm(at) });
                    match this.state.project() {
                        StateProj::Set { alarm } => alarm.poll(cx).map(drop),
                        StateProj::Unset | StateProj::Never => Poll::Pending,
                    }
                }
                End::Passed => Poll::Ready(()),
            },
        }
    }

    /// As new: the next wait sets it again.
    pub(crate) fn restart(self: Pin<&mut Self>) {
        self.project().state.set(State::Unset);
    }

    pub(crate) fn limit(&self) -> Option<Duration> {
        self.when.limit()
    }
}

// Outside of the generic code: one copy for all bodies.
fn poll_alarm(alarm: Pin<&mut Alarm>, cx: &mut Context<'_>, had_budget: bool) -> Poll<()> {
    if had_budget && !coop::has_budget_remaining() {
        Pin::new(&mut coop::unconstrained(alarm)).poll(cx).map(drop)
    } else {
        alarm.poll(cx).map(drop)
    }
}

pin_project! {
    /// The future of [`Limits::with_timeout`](crate::Limits::with_timeout)'s layer.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Timeout<W, F> {
        #[pin]
        body: F,
        #[pin]
        timer: Timer<W>,
    }
}

/// Runs `body` for as long as the limit allows.
#[doc(hidden)]
#[inline]
pub fn with_timeout<W: When, F: Future>(when: W, body: F) -> Timeout<W, F> {
    Timeout {
        body,
        timer: Timer::new(when),
    }
}

impl<W: When, F: Future> Future for Timeout<W, F> {
    type Output = Result<F::Output, Elapsed>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let had_budget = this.timer.has_budget();
        // The body first: one that is ready in the poll in which the limit passes has won.
        if let Poll::Ready(out) = this.body.poll(cx) {
            return Poll::Ready(Ok(out));
        }
        match this.timer.as_mut().poll_after(cx, had_budget) {
            Poll::Ready(()) => Poll::Ready(Err(Elapsed {
                limit: this.timer.limit(),
            })),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// The limit passed; it still has to be told for whom.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Elapsed {
    limit: Option<Duration>,
}

impl Elapsed {
    #[cold]
    pub fn of(self, operation: &'static str, kind: TimeoutKind, attempts: u32) -> TimedOut {
        timed_out(operation, self.limit, kind, attempts)
    }
}

/// Told to everybody who listens, and then to the caller.
pub(crate) fn timed_out(
    operation: &'static str,
    limit: Option<Duration>,
    kind: TimeoutKind,
    attempts: u32,
) -> TimedOut {
    telemetry::tell(
        operation,
        Event::TimedOut {
            kind,
            limit,
            attempts,
        },
    );
    let mut stop = TimedOut::new(operation, limit);
    stop.kind = kind;
    stop.attempts = attempts;
    stop
}

#[cfg(test)]
mod tests;
