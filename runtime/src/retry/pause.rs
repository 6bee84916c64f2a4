//! The pause before a retry.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};

use super::{Cut, Retry, ask::Budget, plan::Planned, stopwatch::Stopwatch};
use crate::{
    Limit,
    timeout::{Elapsed, Total, Turns, When, Within, let_others_run, sleep_within},
};

/// A pause that is due. If it does not come to its end, the retry it belongs to never happens: then
/// the budget gets back what that would have cost.
#[doc(hidden)]
#[must_use]
pub struct Delay<'a, P: Planned, B: Budget, C: Stopwatch> {
    // None once the pause has come to its end.
    retry: Option<&'a mut Retry<P, B, C>>,
}

impl<P: Planned, B: Budget, C: Stopwatch> Retry<P, B, C> {
    /// The pause that `again` decided on.
    #[inline]
    pub fn delay(&mut self) -> Delay<'_, P, B, C> {
        Delay { retry: Some(self) }
    }
}

impl<P: Planned, B: Budget, C: Stopwatch> Delay<'_, P, B, C> {
    fn wait(&self) -> Duration {
        self.retry
            .as_ref()
            .map_or(Duration::ZERO, |retry| retry.delay.into())
    }

    /// The end of the whole call, which came before the next attempt could begin.
    #[inline]
    pub fn cut(&self, stop: Elapsed) -> Cut {
        Cut {
            stop,
            attempts: self
                .retry
                .as_ref()
                .map_or(0, |retry| retry.number.saturating_sub(1)),
        }
    }

    /// The pause has come to its end, and the attempt begins.
    #[inline]
    fn over(&mut self) {
        if let Some(retry) = self.retry.take() {
            retry.begins();
        }
    }

    /// What was held is still to come: a hook of the user's ran before the pause, and came to its end.
    #[inline]
    pub fn keep(mut self) {
        self.retry = None;
    }
}

impl<P: Planned, B: Budget, C: Stopwatch> Drop for Delay<'_, P, B, C> {
    #[inline]
    fn drop(&mut self) {
        if let Some(retry) = &mut self.retry {
            retry.return_held();
        }
    }
}

impl<P: Planned, B: Budget, C: Stopwatch> fmt::Debug for Delay<'_, P, B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Delay").field(&self.wait()).finish()
    }
}

pin_project! {
    /// Waits for a [`Delay`] to pass.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Pause<'a, P: Planned, B: Budget, C: Stopwatch> {
        delay: Delay<'a, P, B, C>,
        #[pin]
        sleep: Option<Sleep>,
    }
}

/// Waits for `delay` to pass.
#[doc(hidden)]
#[inline]
pub fn pause<P: Planned, B: Budget, C: Stopwatch>(delay: Delay<'_, P, B, C>) -> Pause<'_, P, B, C> {
    let wait = delay.wait();
    Pause {
        sleep: (!wait.is_zero()).then(|| sleep(wait)),
        delay,
    }
}

impl<P: Planned, B: Budget, C: Stopwatch> Future for Pause<'_, P, B, C> {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        match this.sleep.as_pin_mut() {
            Some(sleep) => ready!(sleep.poll(cx)),
            // No timer.
            None => ready!(let_others_run(cx)),
        }
        this.delay.over();
        Poll::Ready(())
    }
}

pin_project! {
    /// Waits for a [`Delay`] to pass, on the timer of the whole call.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct PauseWithin<'a, W, P: Planned, B: Budget, C: Stopwatch> {
        delay: Delay<'a, P, B, C>,
        #[pin]
        sleep: Within<'a, W, Limit, Turns>,
    }
}

/// Waits for `delay` to pass, on the timer of the whole call; an error if the call's limit passes first.
#[doc(hidden)]
#[inline]
pub fn pause_within<'a, W: When, P: Planned, B: Budget, C: Stopwatch>(
    total: Pin<&'a mut Total<W>>,
    delay: Delay<'a, P, B, C>,
) -> PauseWithin<'a, W, P, B, C> {
    PauseWithin {
        sleep: sleep_within(total, delay.wait()),
        delay,
    }
}

impl<W: When, P: Planned, B: Budget, C: Stopwatch> Future for PauseWithin<'_, W, P, B, C> {
    type Output = Result<(), Cut>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        match ready!(this.sleep.poll(cx)) {
            Err(stop) => Poll::Ready(Err(this.delay.cut(stop))),
            // That its own limit passed is what a sleep waits for.
            Ok(Ok(()) | Err(_)) => {
                this.delay.over();
                Poll::Ready(Ok(()))
            }
        }
    }
}
