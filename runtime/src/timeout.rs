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
    /// What to wait for once the body is pending.
    fn arm(self) -> Arm;

    /// What the error reports.
    fn limit(self) -> Option<Duration>;
}

/// What a limit turns into once there is something to wait for.
#[doc(hidden)]
pub enum Arm {
    Never,
    Now,
    Sleep(Sleep),
}

impl When for Limit {
    fn arm(self) -> Arm {
        match self.duration() {
            None => Arm::Never,
            Some(Duration::ZERO) => Arm::Now,
            Some(limit) => Arm::Sleep(sleep(limit)),
        }
    }

    fn limit(self) -> Option<Duration> {
        self.duration()
    }
}

impl When for Deadline {
    fn arm(self) -> Arm {
        match self.instant() {
            None => Arm::Never,
            Some(at) if at <= Instant::now() => Arm::Now,
            Some(at) => Arm::Sleep(sleep_until(at)),
        }
    }

    fn limit(self) -> Option<Duration> {
        None
    }
}

pin_project! {
    /// Starts when it is first polled to some effect, and is over when its time has passed.
    #[derive(Debug)]
    pub(crate) struct Timer<W> {
        when: W,
        armed: bool,
        #[pin]
        sleep: Option<Sleep>,
    }
}

impl<W: When> Timer<W> {
    #[inline]
    pub(crate) fn new(when: W) -> Self {
        Self {
            when,
            armed: false,
            sleep: None,
        }
    }

    /// Whether the body is about to be polled with coop budget left; for `poll_after`.
    ///
    /// A timer that is not armed yet does not care, so a body that is ready at once does not pay
    /// for the question.
    #[inline]
    pub(crate) fn has_budget(&self) -> bool {
        !self.armed || coop::has_budget_remaining()
    }

    /// Polls the timer after a body that is pending; arms it the first time.
    ///
    /// A body that used up the budget (`had_budget`, and none is left) would keep the timer from
    /// ever being looked at: then it is polled without, as `tokio::time::timeout` does.
    #[inline]
    pub(crate) fn poll_after(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        had_budget: bool,
    ) -> Poll<()> {
        let mut this = self.project();
        if !*this.armed {
            *this.armed = true;
            match this.when.arm() {
                Arm::Never => {}
                Arm::Now => return Poll::Ready(()),
                Arm::Sleep(timer) => this.sleep.set(Some(timer)),
            }
        }
        match this.sleep.as_pin_mut() {
            Some(sleep) => poll_sleep(sleep, cx, had_budget),
            None => Poll::Pending,
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
