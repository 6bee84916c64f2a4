//! The layer that never waits for ever. The timer is armed when the body first has to wait, so a
//! body that is ready at once reads no clock.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::{
    task::coop,
    time::{Instant, Sleep, sleep, sleep_until},
};

use crate::{Deadline, Limit, TimedOut, TimeoutKind};

/// A limit or a deadline, as far as a timer is concerned.
#[doc(hidden)]
pub trait When: Copy {
    /// What to wait for once the body is pending; `None` if it is over already.
    fn arm(self) -> Option<Alarm>;

    /// What the error reports.
    fn limit(self) -> Option<Duration>;
}

pin_project! {
    /// What a timer waits for. The states fit into the niche of `Sleep`: no flag beside it.
    #[doc(hidden)]
    #[project = AlarmProj]
    #[derive(Debug)]
    pub enum Alarm {
        Unset,
        Never,
        At { #[pin] sleep: Sleep },
    }
}

impl When for Limit {
    fn arm(self) -> Option<Alarm> {
        match self.duration() {
            None => Some(Alarm::Never),
            Some(Duration::ZERO) => None,
            Some(limit) => Some(Alarm::At { sleep: sleep(limit) }),
        }
    }

    fn limit(self) -> Option<Duration> {
        self.duration()
    }
}

impl When for Deadline {
    fn arm(self) -> Option<Alarm> {
        match self.instant() {
            None => Some(Alarm::Never),
            Some(at) if at <= Instant::now() => None,
            Some(at) => Some(Alarm::At {
                sleep: sleep_until(at),
            }),
        }
    }

    fn limit(self) -> Option<Duration> {
        None
    }
}

pin_project! {
    /// Starts when the body it limits is first found pending.
    #[derive(Debug)]
    pub(crate) struct Timer<W> {
        when: W,
        #[pin]
        alarm: Alarm,
    }
}

impl<W: When> Timer<W> {
    #[inline]
    pub(crate) fn new(when: W) -> Self {
        Self {
            when,
            alarm: Alarm::Unset,
        }
    }

    /// Whether the body is about to be polled with coop budget left; for `poll_after`.
    ///
    /// An alarm that is not set yet does not care, so a body that is ready at once does not pay
    /// for the question.
    #[inline]
    pub(crate) fn has_budget(&self) -> bool {
        matches!(self.alarm, Alarm::Unset) || coop::has_budget_remaining()
    }

    /// Polls the timer after a body that is pending; sets its alarm the first time.
    ///
    /// A body that used up the budget (`had_budget`, and none is left) would keep the timer from
    /// ever being looked at: then it is polled without, as `tokio::time::timeout` does.
    #[inline]
    pub(crate) fn poll_after(self: Pin<&mut Self>, cx: &mut Context<'_>, had_budget: bool) -> Poll<()> {
        let mut this = self.project();
        if let Alarm::Unset = *this.alarm {
            match this.when.arm() {
                Some(alarm) => this.alarm.set(alarm),
                None => return Poll::Ready(()),
            }
        }
        match this.alarm.project() {
            AlarmProj::At { sleep } => poll_sleep(sleep, cx, had_budget),
            AlarmProj::Unset | AlarmProj::Never => Poll::Pending,
        }
    }

    pub(crate) fn limit(&self) -> Option<Duration> {
        self.when.limit()
    }
}

// Outside of the generic code: one copy for all bodies.
fn poll_sleep(sleep: Pin<&mut Sleep>, cx: &mut Context<'_>, had_budget: bool) -> Poll<()> {
    if had_budget && !coop::has_budget_remaining() {
        Pin::new(&mut coop::unconstrained(sleep)).poll(cx)
    } else {
        sleep.poll(cx)
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
        let mut stop = TimedOut::new(operation, self.limit);
        stop.kind = kind;
        stop.attempts = attempts;
        stop
    }
}

#[cfg(test)]
mod tests;
