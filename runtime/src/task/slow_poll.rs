//! `slow_poll(…)`: tells of a poll that held the executor, and blames the function that did.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;

use super::{Place, held::Frame};
use crate::{Limit, telemetry::Event};

pin_project! {
    /// A body of which it is told when one of its polls takes long.
    #[doc(hidden)]
    #[must_use = "futures do nothing unless polled"]
    pub struct SlowPoll<F> {
        #[pin]
        body: F,
        limit: Option<Duration>,
        at: &'static Place,
    }
}

/// Tells of each poll of `body` that held the executor for longer than `limit`, on the real clock: that of Tokio may be
/// paused, and the executor is held all the same. What measured functions inside of it held is theirs.
///
/// Without a limit, or with one of zero, nothing is measured.
#[doc(hidden)]
#[inline]
pub fn slow_poll<F: Future>(at: &'static Place, limit: Limit, body: F) -> SlowPoll<F> {
    SlowPoll {
        body,
        limit: limit.duration().filter(|limit| !limit.is_zero()),
        at,
    }
}

impl<F: Future> Future for SlowPoll<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(limit) = *this.limit else {
            return this.body.poll(cx);
        };
        let frame = Frame::enter();
        let polled = this.body.poll(cx);
        let held = frame.leave();
        if held > limit {
            this.at.tell(|file, line| Event::SlowPoll { file, line, held });
        }
        polled
    }
}

impl<F> fmt::Debug for SlowPoll<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SlowPoll")
            .field("at", self.at)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
