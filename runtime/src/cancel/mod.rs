//! The layer that leaves when asked: cancellation is looked at first in every poll, and a call
//! that was cancelled before it began never begins.

mod grace;
mod source;

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

pub use self::{
    grace::{cancellable_on_with_grace, cancellable_with_grace},
    source::{AsCancelSource, CancelSource},
};
use crate::{
    Cancelled, Reason,
    telemetry::{self, Event},
};

/// Whoever may ask a layer to leave. Ready when it does.
#[doc(hidden)]
pub trait Stop {
    /// Before each poll of the body.
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CancelStop>;

    /// After the body was found pending.
    fn poll_after(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CancelStop>;
}

pin_project! {
    /// A source: asked at first, waited for once the body is pending. A body that is ready in its
    /// first poll never registers a waiter.
    #[project = SourceProj]
    #[derive(Debug)]
    enum Source<S, G, W> {
        Asked { source: Option<S>, wait: G },
        Awaited { #[pin] waiter: W },
    }
}

#[inline]
fn source<S: CancelSource>(source: S) -> impl Stop + Send {
    #[inline]
    fn wait<S: CancelSource>(source: S) -> impl Future<Output = Option<Reason>> + Send {
        source.__etq_wait()
    }
    Source::Asked {
        source: Some(source),
        wait: wait::<S>,
    }
}

impl<S: CancelSource, G: Fn(S) -> W, W: Future<Output = Option<Reason>>> Stop for Source<S, G, W> {
    #[inline]
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CancelStop> {
        match self.project() {
            SourceProj::Asked { source, .. } => match source {
                Some(source) => match source.is_cancelled() {
                    true => Poll::Ready(CancelStop(source.reason())),
                    false => Poll::Pending,
                },
                None => Poll::Pending,
            },
            SourceProj::Awaited { waiter } => waiter.poll(cx).map(CancelStop),
        }
    }

    /// Registers with the source. If it cancelled since it was asked, this is where that shows.
    #[inline]
    fn poll_after(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CancelStop> {
        let SourceProj::Asked { source, wait } = self.as_mut().project() else {
            return Poll::Pending;
        };
        let Some(waiter) = source.take().map(&*wait) else {
            return Poll::Pending;
        };
        self.set(Self::Awaited { waiter });
        match self.project() {
            SourceProj::Awaited { waiter } => waiter.poll(cx).map(CancelStop),
            SourceProj::Asked { .. } => Poll::Pending,
        }
    }
}

pin_project! {
    /// Any future: it is polled from the start.
    #[doc(hidden)]
    #[derive(Debug)]
    pub struct On<W> {
        #[pin]
        future: W,
    }
}

impl<W: Future> On<W> {
    #[inline]
    fn new(future: impl IntoFuture<IntoFuture = W>) -> Self {
        Self {
            future: future.into_future(),
        }
    }
}

impl<W: Future> Stop for On<W> {
    #[inline]
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CancelStop> {
        self.project().future.poll(cx).map(|_| CancelStop(None))
    }

    #[inline]
    fn poll_after(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<CancelStop> {
        Poll::Pending
    }
}

pin_project! {
    /// The layer of `#[cancellable]`.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Cancellable<S, F> {
        #[pin]
        stop: S,
        #[pin]
        body: F,
    }
}

/// Runs `body` until `from` asks it to leave.
#[doc(hidden)]
#[inline]
pub fn cancellable<S: CancelSource, F: Future>(from: S, body: F) -> Cancellable<impl Stop + Send, F> {
    Cancellable {
        stop: source(from),
        body,
    }
}

/// Runs `body` until `future` is ready.
#[doc(hidden)]
#[inline]
pub fn cancellable_on<W: IntoFuture, F: Future>(future: W, body: F) -> Cancellable<On<W::IntoFuture>, F> {
    Cancellable {
        stop: On::new(future),
        body,
    }
}

impl<S: Stop, F: Future> Future for Cancellable<S, F> {
    type Output = Result<F::Output, CancelStop>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        if let Poll::Ready(stop) = this.stop.as_mut().poll_first(cx) {
            return Poll::Ready(Err(stop));
        }
        if let Poll::Ready(out) = this.body.poll(cx) {
            return Poll::Ready(Ok(out));
        }
        this.stop.poll_after(cx).map(Err)
    }
}

/// The call was asked to leave; it still has to be told which.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct CancelStop(Option<Reason>);

impl CancelStop {
    #[cold]
    pub fn of(self, operation: &'static str) -> Cancelled {
        let reason = self.0.as_ref();
        telemetry::tell(operation, Event::Cancelled { reason });
        Cancelled {
            operation,
            reason: self.0,
        }
    }
}

#[cfg(test)]
mod tests;
