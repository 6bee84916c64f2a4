//! `slow(…)`: tells of a call that is still running, and goes on telling, less and less often.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;
use tokio::time::Instant;

use super::Place;
use crate::{Limit, telemetry::Event, timeout::Timer};

pin_project! {
    /// A body of which it is told when it takes long.
    #[doc(hidden)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Slow<F> {
        #[pin]
        body: F,
        // Until it is told of the next time.
        #[pin]
        timer: Timer<Limit>,
        // When the body was first found pending.
        since: Option<Instant>,
        at: &'static Place,
    }
}

/// Tells of `body` when it has been pending for `limit`, and then again after twice as long each time.
///
/// Nothing is read and no timer set for a body that is ready at once. Without a limit, or with one of zero, nothing is
/// told.
#[doc(hidden)]
#[inline]
pub fn slow<F: Future>(at: &'static Place, limit: Limit, body: F) -> Slow<F> {
    let limit = limit.duration().filter(|limit| !limit.is_zero());
    Slow {
        body,
        timer: Timer::new(limit.into()),
        since: None,
        at,
    }
}

impl<F: Future> Future for Slow<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let had_budget = this.timer.has_budget();
        // The body first: of one that is over there is nothing to tell.
        if let Poll::Ready(out) = this.body.poll(cx) {
            return Poll::Ready(out);
        }
        let since = *this.since.get_or_insert_with(Instant::now);
        while this.timer.as_mut().poll_after(cx, had_budget).is_ready() {
            let Some(patience) = this.timer.limit() else {
                break;
            };
            this.at.tell(|file, line| Event::Slow {
                file,
                line,
                elapsed: since.elapsed(),
            });
            this.timer
                .set(Timer::new(Limit::from(patience.saturating_mul(2))));
        }
        Poll::Pending
    }
}

impl<F> fmt::Debug for Slow<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slow")
            .field("at", self.at)
            .field("since", &self.since)
            .finish_non_exhaustive()
    }
}
