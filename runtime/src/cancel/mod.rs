//! The layer that leaves when asked: cancellation is looked at first in every poll, and a call
//! that was cancelled before it began never begins.

mod grace;
mod source;

use std::{
    future::{Future, IntoFuture, poll_fn},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

pub use self::{
    grace::{cancellable_on_with_grace, cancellable_with_grace},
    source::{AsCancelSource, CancelSource},
};
use crate::Cancelled;

pin_project! {
    /// What a layer knows of the one who may ask it to leave.
    #[derive(Debug)]
    pub(crate) struct Stop<W> {
        #[pin]
        waiter: W,
        // Whether `waiter` has only been asked so far, and is yet to be made to wait.
        asked_only: bool,
    }
}

impl<W: Future> Stop<W> {
    /// Any future; it waits from its first poll on.
    #[inline]
    fn on(waiter: W) -> Self {
        Self {
            waiter,
            asked_only: false,
        }
    }

    /// Before the body is polled.
    #[inline]
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().waiter.poll(cx).map(drop)
    }

    /// After the body was found pending. Registers with a source that has only been asked so far;
    /// if it cancelled in between, this is where that shows.
    #[inline]
    fn poll_after(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        if *this.asked_only {
            *this.asked_only = false;
            return this.waiter.poll(cx).map(drop);
        }
        Poll::Pending
    }
}

/// A source as a future of two steps: the first poll asks, the second begins to wait. A body that
/// is ready in its first poll never gets to the second, and so never registers a waiter.
#[inline]
fn asked<S: CancelSource>(mut source: S) -> Stop<impl Future<Output = ()> + Send> {
    let waiter = async move {
        if source.is_cancelled() {
            return;
        }
        let mut asked = false;
        // Wakes nobody: the layer polls again by itself, in the same poll.
        poll_fn(|_| match std::mem::replace(&mut asked, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
        source.cancelled().await;
    };
    Stop {
        waiter,
        asked_only: true,
    }
}

pin_project! {
    /// The layer of `#[cancellable]`.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Cancellable<W, F> {
        #[pin]
        stop: Stop<W>,
        #[pin]
        body: F,
    }
}

/// Runs `body` until `source` asks it to leave.
#[doc(hidden)]
#[inline]
pub fn cancellable<S: CancelSource, F: Future>(
    source: S,
    body: F,
) -> Cancellable<impl Future<Output = ()> + Send, F> {
    Cancellable {
        stop: asked(source),
        body,
    }
}

/// Runs `body` until `stop` is ready.
#[doc(hidden)]
#[inline]
pub fn cancellable_on<W: IntoFuture, F: Future>(
    stop: W,
    body: F,
) -> Cancellable<W::IntoFuture, F> {
    Cancellable {
        stop: Stop::on(stop.into_future()),
        body,
    }
}

impl<W: Future, F: Future> Future for Cancellable<W, F> {
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
