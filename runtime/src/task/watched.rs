//! Where someone may ask how calls end: a span, and what is counted and recorded of them.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    task::{Context, Poll, ready},
};

use pin_project_lite::pin_project;
use tokio::time::Instant;
#[cfg(feature = "tracing")]
use tracing::{Id, Span, field::debug, span::Entered};

use super::Outcome;
#[cfg(any(feature = "metrics", feature = "test-util"))]
use crate::telemetry::call::{Call, Site};
use crate::{Class, retry::Ended};

/// What would be the guard of an entered span.
#[cfg(not(feature = "tracing"))]
#[doc(hidden)]
#[derive(Debug)]
pub struct Entered(());

/// The span of one call. Dropped before the call ended, it says so.
#[doc(hidden)]
#[derive(Debug)]
pub struct Task {
    #[cfg(feature = "tracing")]
    span: Span,
    #[cfg(any(feature = "metrics", feature = "test-util"))]
    call: Call,
    // Only where someone listens: a clock that nobody reads is not read.
    started: Option<Instant>,
    // Set while the body is polled. Still set when the task is dropped, the body has panicked: a
    // panic elsewhere in the thread, which drops bodies that did nothing wrong, does not count.
    polling: AtomicBool,
}

impl Task {
    #[must_use]
    #[inline]
    pub fn new(
        #[cfg(feature = "tracing")] span: Span,
        #[cfg(any(feature = "metrics", feature = "test-util"))] site: &'static Site,
    ) -> Self {
        #[cfg(any(feature = "metrics", feature = "test-util"))]
        let call = Call::begin(site);
        let watched = false;
        #[cfg(feature = "tracing")]
        let watched = watched || !span.is_disabled();
        #[cfg(any(feature = "metrics", feature = "test-util"))]
        let watched = watched || call.is_watched();
        // Known before there is a task: to change one that there is costs as much as the rest of this layer.
        let started = watched.then(Instant::now);
        Self {
            #[cfg(feature = "tracing")]
            span,
            #[cfg(any(feature = "metrics", feature = "test-util"))]
            call,
            started,
            polling: AtomicBool::new(false),
        }
    }

    /// Whether anyone asks how the call ends.
    #[inline]
    fn is_watched(&self) -> bool {
        let watched = false;
        #[cfg(feature = "tracing")]
        let watched = watched || self.is_enabled();
        #[cfg(any(feature = "metrics", feature = "test-util"))]
        let watched = watched || self.call.is_watched();
        watched
    }

    /// Whether anyone listens.
    #[cfg(feature = "tracing")]
    #[must_use]
    #[inline]
    pub fn is_enabled(&self) -> bool {
        !self.span.is_disabled()
    }

    /// The spans that this one follows from.
    #[cfg(feature = "tracing")]
    pub fn follows<I>(&self, causes: I)
    where
        I: IntoIterator,
        I::Item: Into<Option<Id>>,
    {
        for cause in causes {
            self.span.follows_from(cause);
        }
    }

    /// Runs `body` in the span: polls it there, and drops it there.
    #[inline]
    pub fn scope<F: Future>(&self, body: F) -> InTask<'_, F> {
        InTask {
            task: self,
            body: Some(body),
        }
    }

    /// Until the guard is dropped, events are in the span.
    #[inline]
    #[cfg(feature = "tracing")]
    pub fn enter(&self) -> Entered<'_> {
        self.span.enter()
    }

    #[inline]
    #[cfg(not(feature = "tracing"))]
    #[allow(clippy::unused_self, reason = "the same interface as with a span")]
    pub fn enter(&self) -> Entered {
        Entered(())
    }

    /// Which attempt begins.
    #[inline]
    #[cfg(feature = "tracing")]
    pub fn attempt(&self, number: u32) {
        if self.is_enabled() {
            self.span.record("attempts", number);
        }
    }

    #[inline]
    #[cfg(not(feature = "tracing"))]
    #[allow(clippy::unused_self, reason = "the same interface as with a span")]
    pub fn attempt(&self, _: u32) {}

    /// Why a retry ended without success; empty if it did not.
    #[inline]
    #[cfg(feature = "tracing")]
    pub fn gave_up(&self, why: &'static str) {
        if !why.is_empty() {
            self.span.record("gave_up", why);
        }
    }

    #[inline]
    #[cfg(not(feature = "tracing"))]
    #[allow(clippy::unused_self, reason = "the same interface as with a span")]
    pub fn gave_up(&self, _: &'static str) {}

    /// The call ended.
    #[inline]
    pub fn finish(&mut self, ended: Ended, is_err: bool, class: impl FnOnce() -> Option<Class>) -> Outcome {
        let outcome = Outcome::new(ended, is_err, class);
        self.record(outcome.name());
        outcome
    }

    #[inline]
    fn record(&mut self, outcome: &'static str) {
        // Taken: whatever ends first is what is told.
        if let Some(started) = self.started.take() {
            self.tell(started, outcome);
        }
    }

    #[cold]
    fn tell(&self, started: Instant, outcome: &'static str) {
        let elapsed = started.elapsed();
        #[cfg(feature = "tracing")]
        {
            self.span.record("outcome", outcome);
            self.span.record("elapsed", debug(elapsed));
        }
        #[cfg(any(feature = "metrics", feature = "test-util"))]
        self.call.end(outcome, elapsed);
        #[cfg(not(any(feature = "tracing", feature = "metrics", feature = "test-util")))]
        let _ = elapsed;
    }
}

impl Drop for Task {
    #[inline]
    fn drop(&mut self) {
        if self.started.is_some() {
            let panicked = *self.polling.get_mut();
            self.record(if panicked { "panicked" } else { "dropped" });
        }
    }
}

pin_project! {
    /// A body that runs in the span of a task.
    #[doc(hidden)]
    #[must_use = "futures do nothing unless polled"]
    pub struct InTask<'a, F> {
        task: &'a Task,
        // `None` only once it has been dropped, which has to happen in the span too.
        #[pin]
        body: Option<F>,
    }

    impl<F> PinnedDrop for InTask<'_, F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.task.is_watched() {
                let _entered = this.task.enter();
                this.body.set(None);
            }
        }
    }
}

impl<F: Future> Future for InTask<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(body) = this.body.as_pin_mut() else {
            // Only `drop` takes the body, and nothing is polled after that.
            return Poll::Pending;
        };
        let task = *this.task;
        if !task.is_watched() {
            return body.poll(cx);
        }
        let _entered = task.enter();
        task.polling.store(true, Relaxed);
        let polled = body.poll(cx);
        task.polling.store(false, Relaxed);
        Poll::Ready(ready!(polled))
    }
}

impl<F> fmt::Debug for InTask<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InTask")
            .field("task", self.task)
            .finish_non_exhaustive()
    }
}
