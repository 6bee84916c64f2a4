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
use crate::Cancelled;

/// Whoever may ask a layer to leave.
#[doc(hidden)]
pub trait Stop {
    /// Before each poll of the body.
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// After the body was found pending.
    fn poll_after(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
}

pin_project! {
    /// A source: asked at first, waited for once the body is pending. A body that is ready in its
    /// first poll never registers a waiter.
    #[derive(Debug)]
    struct Source<S, G, W> {
        // Until it moves into the waiter.
        source: Option<S>,
        wait: G,
        #[pin]
        waiter: Option<W>,
    }
}

#[inline]
fn source<S: CancelSource>(source: S) -> impl Stop + Send {
    async fn wait<S: CancelSource>(mut source: S) {
        source.cancelled().await;
    }
    Source {
        source: Some(source),
        wait: wait::<S>,
        waiter: None,
    }
}

impl<S: CancelSource, G: Fn(S) -> W, W: Future<Output = ()>> Stop for Source<S, G, W> {
    #[inline]
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        match this.source {
            Some(source) => match source.is_cancelled() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            },
            None => poll_some(this.waiter, cx),
        }
    }

    /// Registers with the source. If it cancelled since it was asked, this is where that shows.
    #[inline]
    fn poll_after(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        match this.source.take() {
            Some(source) => {
                this.waiter.set(Some((this.wait)(source)));
                poll_some(this.waiter, cx)
            }
            None => Poll::Pending,
        }
    }
}

fn poll_some<W: Future>(future: Pin<&mut Option<W>>, cx: &mut Context<'_>) -> Poll<()> {
    match future.as_pin_mut() {
        Some(future) => future.poll(cx).map(drop),
        None => Poll::Pending,
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
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().future.poll(cx).map(drop)
    }

    #[inline]
    fn poll_after(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
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
        if this.stop.as_mut().poll_first(cx).is_ready() {
            return Poll::Ready(Err(CancelStop(())));
        }
        if let Poll::Ready(out) = this.body.poll(cx) {
            return Poll::Ready(Ok(out));
        }
        this.stop.poll_after(cx).map(|()| Err(CancelStop(())))
    }
}

/// The call was asked to leave; it still has to be told which.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct CancelStop(());

impl CancelStop {
    #[cold]
    pub fn of(self, operation: &'static str) -> Cancelled {
        Cancelled::new(operation)
    }
}

#[cfg(test)]
mod tests;
