//! The pause before a retry.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::{
    task::coop,
    time::{Sleep, sleep},
};

use super::{Retry, ask::Budget, clock::Clock, schedule::Schedule};

/// A pause that is due. If it does not come to its end, the retry it belongs to never happens: then
/// the budget gets back what that would have cost.
#[doc(hidden)]
#[must_use]
pub struct Delay<'a, S: Schedule, B: Budget, C: Clock> {
    // None once the pause has come to its end.
    retry: Option<&'a mut Retry<S, B, C>>,
}

impl<S: Schedule, B: Budget, C: Clock> Retry<S, B, C> {
    /// The pause that `again` decided on.
    #[inline]
    pub fn delay(&mut self) -> Delay<'_, S, B, C> {
        Delay { retry: Some(self) }
    }
}

impl<S: Schedule, B: Budget, C: Clock> Delay<'_, S, B, C> {
    fn wait(&self) -> Duration {
        self.retry
            .as_ref()
            .map_or(Duration::ZERO, |retry| retry.delay.into())
    }

    /// What was held is still to come: a hook of the user's ran before the pause, and came to its end.
    #[inline]
    pub fn keep(mut self) {
        self.retry = None;
    }
}

impl<S: Schedule, B: Budget, C: Clock> Drop for Delay<'_, S, B, C> {
    #[inline]
    fn drop(&mut self) {
        if let Some(retry) = &mut self.retry {
            retry.return_held();
        }
    }
}

impl<S: Schedule, B: Budget, C: Clock> fmt::Debug for Delay<'_, S, B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Delay").field(&self.wait()).finish()
    }
}

pin_project! {
    /// Waits for a [`Delay`] to pass.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Pause<'a, S: Schedule, B: Budget, C: Clock> {
        delay: Delay<'a, S, B, C>,
        #[pin]
        sleep: Option<Sleep>,
    }
}

/// Waits for `delay` to pass.
#[doc(hidden)]
#[inline]
pub fn pause<S: Schedule, B: Budget, C: Clock>(delay: Delay<'_, S, B, C>) -> Pause<'_, S, B, C> {
    let wait = delay.wait();
    Pause {
        sleep: (!wait.is_zero()).then(|| sleep(wait)),
        delay,
    }
}

impl<S: Schedule, B: Budget, C: Clock> Future for Pause<'_, S, B, C> {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        match this.sleep.as_pin_mut() {
            Some(sleep) => ready!(sleep.poll(cx)),
            // No timer. But a body that never waits, retried without a pause, would never let go
            // of the thread, and no timeout or cancellation around it could ever act.
            None => ready!(coop::poll_proceed(cx)).made_progress(),
        }
        this.delay.retry = None;
        Poll::Ready(())
    }
}
