//! One timer for a whole retried call. At any time the call waits in one place, in an attempt or in the pause after it,
//! and whatever ends first there, that place's own limit or the call's, is what the timer is set to.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::task::coop;

use super::{Alarm, Elapsed, End, Now, When, alarm, poll_alarm};
use crate::Limit;

pin_project! {
    /// The timer of a call, for its total limit and for all that happens within it.
    #[doc(hidden)]
    #[derive(Debug)]
    pub struct Total<W> {
        when: W,
        // Unknown until something has to wait.
        end: Option<End>,
        #[pin]
        alarm: Option<Alarm>,
    }
}

impl<W: When> Total<W> {
    #[must_use]
    #[inline]
    pub fn new(when: W) -> Self {
        Self {
            when,
            end: None,
            alarm: None,
        }
    }

    /// Something begins to wait, for as long as `own` allows: sets the alarm to whichever ends first. Says which.
    #[inline]
    fn begin(self: Pin<&mut Self>, own: impl When) -> Turn {
        let mut this = self.project();
        let mut now = Now::default();
        let end = match this.end {
            Some(end) => *end,
            None => *this.end.insert(this.when.end(&mut now)),
        };
        let (turn, at) = match (own.end(&mut now), end) {
            (End::Passed, _) => return Turn::Over(Whose::Own),
            (_, End::Passed) => return Turn::Over(Whose::Total),
            (End::Never, End::Never) => (Turn::Waits(Whose::Total), None),
            (End::At(at), End::Never) => (Turn::Waits(Whose::Own), Some(at)),
            (End::Never, End::At(at)) => (Turn::Waits(Whose::Total), Some(at)),
            // Both at once: the inner one is heard first, as where each has a timer.
            (End::At(own), End::At(total)) if own <= total => (Turn::Waits(Whose::Own), Some(own)),
            (End::At(_), End::At(total)) => (Turn::Waits(Whose::Total), Some(total)),
        };
        match at {
            Some(at) => this.alarm.set(Some(alarm(at))),
            None => this.alarm.set(None),
        }
        turn
    }

    #[inline]
    fn poll_alarm(self: Pin<&mut Self>, cx: &mut Context<'_>, had_budget: bool) -> Poll<()> {
        match self.project().alarm.as_pin_mut() {
            Some(alarm) => poll_alarm(alarm, cx, had_budget),
            None => Poll::Pending,
        }
    }
}

/// Whose end is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Own,
    Total,
}

/// How far a part of the call has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Fresh,
    Waits(Whose),
    Over(Whose),
}

/// No limit of one's own.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct NoLimit;

impl When for NoLimit {
    #[inline]
    fn end(self, _: &mut Now) -> End {
        End::Never
    }

    fn limit(self) -> Option<Duration> {
        None
    }
}

pin_project! {
    /// A part of a call: ends with its own limit (`Ok(Err(_))`) or with the call's (`Err(_)`).
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Within<'a, W, A, F> {
        total: Pin<&'a mut Total<W>>,
        limit: A,
        turn: Turn,
        #[pin]
        body: F,
    }
}

/// Runs `body` for as long as both `limit` and what is left of the total allow.
#[doc(hidden)]
#[inline]
pub fn within<W: When, A: When, F: Future>(
    total: Pin<&mut Total<W>>,
    limit: A,
    body: F,
) -> Within<'_, W, A, F> {
    Within {
        total,
        limit,
        turn: Turn::Fresh,
        body,
    }
}

impl<W: When, A: When, F: Future> Future for Within<'_, W, A, F> {
    type Output = Result<Result<F::Output, Elapsed>, Elapsed>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let had_budget = *this.turn == Turn::Fresh || coop::has_budget_remaining();
        // The body first: one that is ready in the poll in which the limit passes has won.
        if let Poll::Ready(out) = this.body.poll(cx) {
            return Poll::Ready(Ok(Ok(out)));
        }
        if *this.turn == Turn::Fresh {
            *this.turn = this.total.as_mut().begin(*this.limit);
        }
        let whose = match *this.turn {
            Turn::Over(whose) => whose,
            Turn::Waits(whose) if this.total.as_mut().poll_alarm(cx, had_budget).is_ready() => whose,
            Turn::Waits(_) | Turn::Fresh => return Poll::Pending,
        };
        Poll::Ready(match whose {
            Whose::Own => Ok(Err(Elapsed {
                limit: this.limit.limit(),
            })),
            Whose::Total => Err(Elapsed {
                limit: this.total.when.limit(),
            }),
        })
    }
}

/// Waits for `wait` to pass, or for the end of the call.
#[inline]
pub(crate) fn sleep_within<W: When>(
    total: Pin<&mut Total<W>>,
    wait: Duration,
) -> Within<'_, W, Limit, Turns> {
    let is_none = wait.is_zero();
    let wait = if is_none { Limit::NEVER } else { Limit::from(wait) };
    within(total, wait, Turns { is_none })
}

/// What a sleep does but for its timer: nothing, or, where there is nothing to wait for, it lets others run.
#[derive(Debug)]
pub(crate) struct Turns {
    is_none: bool,
}

impl Future for Turns {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.is_none {
            true => let_others_run(cx),
            false => Poll::Pending,
        }
    }
}

/// A body that never waits, retried without a pause, would never let go of the thread, and no timeout or cancellation
/// around it could ever act.
#[inline]
pub(crate) fn let_others_run(cx: &mut Context<'_>) -> Poll<()> {
    coop::poll_proceed(cx).map(|coop| coop.made_progress())
}

#[cfg(test)]
mod tests;
