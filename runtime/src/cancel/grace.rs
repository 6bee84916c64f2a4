//! Cancellation with a grace period: the body sees the token too, and gets some time to end well.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;

use super::{CancelSource, CancelStop, On, Stop, source};
use crate::{Limit, timeout::Timer};

pin_project! {
    /// The layer of `#[cancellable(…, grace = …)]`.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct CancellableWithGrace<S, F> {
        #[pin]
        stop: S,
        #[pin]
        body: F,
        #[pin]
        grace: Timer<Limit>,
        phase: Phase,
        // From when it was cancelled.
        why: Option<CancelStop>,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The body has not been polled: a cancellation now means it never will be.
    Fresh,
    Running,
    /// Cancelled; the body has until the end of the grace period.
    Leaving,
}

/// Runs `body` until `from` asks it to leave, and then for `grace` more.
#[doc(hidden)]
#[inline]
pub fn cancellable_with_grace<S: CancelSource, F: Future>(
    from: S,
    grace: Limit,
    body: F,
) -> CancellableWithGrace<impl Stop + Send, F> {
    CancellableWithGrace::new(source(from), grace, body)
}

/// Runs `body` until `future` is ready, and then for `grace` more.
#[doc(hidden)]
#[inline]
pub fn cancellable_on_with_grace<W: IntoFuture, F: Future>(
    future: W,
    grace: Limit,
    body: F,
) -> CancellableWithGrace<On<W::IntoFuture>, F> {
    CancellableWithGrace::new(On::new(future), grace, body)
}

impl<S, F> CancellableWithGrace<S, F> {
    #[inline]
    fn new(stop: S, grace: Limit, body: F) -> Self {
        Self {
            stop,
            body,
            grace: Timer::new(grace),
            phase: Phase::Fresh,
            why: None,
        }
    }
}

impl<S: Stop, F: Future> Future for CancellableWithGrace<S, F> {
    type Output = Result<F::Output, CancelStop>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if *this.phase != Phase::Leaving {
            if let Poll::Ready(stop) = this.stop.as_mut().poll_first(cx) {
                // No grace at all is a plain cancellation: the body is not polled again.
                let none = this.grace.limit() == Some(Duration::ZERO);
                if *this.phase == Phase::Fresh || none {
                    return Poll::Ready(Err(stop));
                }
                *this.phase = Phase::Leaving;
                *this.why = Some(stop);
            } else {
                *this.phase = Phase::Running;
            }
        }
        let had_budget = this.grace.has_budget();
        if let Poll::Ready(out) = this.body.poll(cx) {
            return Poll::Ready(Ok(out));
        }
        if *this.phase == Phase::Running
            && let Poll::Ready(stop) = this.stop.poll_after(cx)
        {
            *this.phase = Phase::Leaving;
            *this.why = Some(stop);
        }
        match *this.phase {
            Phase::Leaving => match this.grace.poll_after(cx, had_budget) {
                Poll::Ready(()) => Poll::Ready(Err(this.why.take().unwrap_or_default())),
                Poll::Pending => Poll::Pending,
            },
            Phase::Fresh | Phase::Running => Poll::Pending,
        }
    }
}
