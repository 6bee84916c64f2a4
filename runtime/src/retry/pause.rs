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

use super::{Retry, ask::Budget, schedule::Schedule};

/// A pause that is due. If it does not come to its end, the retry it belongs to never happens: then
/// the budget gets back what that would have cost.
#[doc(hidden)]
#[must_use]
pub struct Delay<'a, S: Schedule, B: Budget> {
    retry: &'a mut Retry<S, B>,
    over: bool,
}

impl<S: Schedule, B: Budget> Retry<S, B> {
    /// The pause that `again` decided on.
    #[inline]
    pub fn delay(&mut self) -> Delay<'_, S, B> {
        Delay {
            retry: self,
            over: false,
        }
    }
}

impl<S: Schedule, B: Budget> Delay<'_, S, B> {
    /// What was held is still to come: a hook of the user's ran before the pause, and came to its end.
    #[inline]
    pub fn keep(mut self) {
        self.over = true;
    }
}

impl<S: Schedule, B: Budget> Drop for Delay<'_, S, B> {
    #[inline]
    fn drop(&mut self) {
        if !self.over {
            self.retry.return_held();
        }
    }
}

impl<S: Schedule, B: Budget> fmt::Debug for Delay<'_, S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Delay").field(&self.retry.delay).finish()
    }
}

pin_project! {
    /// Waits for a [`Delay`] to pass.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Pause<'a, S: Schedule, B: Budget> {
        delay: Delay<'a, S, B>,
        #[pin]
        sleep: Option<Sleep>,
    }
}

/// Waits for `delay` to pass.
#[doc(hidden)]
#[inline]
pub fn pause<S: Schedule, B: Budget>(delay: Delay<'_, S, B>) -> Pause<'_, S, B> {
    let wait = Duration::from(delay.retry.delay);
    Pause {
        sleep: (!wait.is_zero()).then(|| sleep(wait)),
        delay,
    }
}

impl<S: Schedule, B: Budget> Future for Pause<'_, S, B> {
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
        this.delay.over = true;
        Poll::Ready(())
    }
}
