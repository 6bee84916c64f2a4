//! Where a cancellation comes from.

use std::{
    future::{Future, pending},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;
use tokio::sync::{broadcast, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::Reason;

/// Something that can ask a call to leave.
///
/// Implemented for
///
/// | source | cancels |
/// |---|---|
/// | `&CancellationToken` | when the token is cancelled |
/// | `&Scope` | when the scope is cancelled, or its deadline has passed; says why |
/// | `&mut watch::Receiver<bool>` | when the value is `true`, or the sender is gone |
/// | `&mut broadcast::Receiver<T>` | on any message, on lag, or when all senders are gone |
/// | `&mut oneshot::Receiver<()>` | when it was sent, or the sender is gone; also ever after |
/// | `Option<S>`, `&Option<CancellationToken>` | as what is in it; `None` never |
///
/// A sender that is gone cancels because whoever held it can no longer ask: work that listens to
/// nobody would otherwise run on for ever.
///
/// Implement it for a source of your own (usually for a reference to it, as above):
///
/// ```
/// use etiquette::CancelSource;
/// use std::future::Future;
/// use tokio_util::sync::CancellationToken;
///
/// struct Session { closing: CancellationToken }
///
/// impl CancelSource for &Session {
///     fn is_cancelled(&mut self) -> bool {
///         self.closing.is_cancelled()
///     }
///     fn cancelled(&mut self) -> impl Future<Output = ()> + Send {
///         self.closing.cancelled()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a source of cancellation",
    label = "cannot ask a call to leave",
    note = "use a `&CancellationToken`, a `&Scope`, a `&mut watch::Receiver<bool>`, a `&mut broadcast::Receiver<_>`, a `&mut oneshot::Receiver<()>` or an `Option` of one",
    note = "for a future that is ready when the call should leave: `future = …`"
)]
pub trait CancelSource: Send {
    /// Whether the call should leave already. Asked once, before the body is first polled.
    fn is_cancelled(&mut self) -> bool;

    /// Waits until the call should leave. Not asked for before the body has been found pending.
    fn cancelled(&mut self) -> impl Future<Output = ()> + Send;

    /// Why, where that is known; asked once the call is to leave.
    #[inline]
    fn reason(&mut self) -> Option<Reason> {
        None
    }

    // The same for a layer, which has the source to itself. A source whose future does not borrow from it can say so,
    // and then needs no place beside it.
    #[doc(hidden)]
    #[inline]
    fn __etq_wait(mut self) -> impl Future<Output = Option<Reason>> + Send
    where
        Self: Sized,
    {
        async move {
            self.cancelled().await;
            self.reason()
        }
    }
}

impl CancelSource for &CancellationToken {
    #[inline]
    fn is_cancelled(&mut self) -> bool {
        CancellationToken::is_cancelled(self)
    }

    #[inline]
    fn cancelled(&mut self) -> impl Future<Output = ()> + Send {
        CancellationToken::cancelled(self)
    }

    #[inline]
    fn __etq_wait(self) -> impl Future<Output = Option<Reason>> + Send {
        Unexplained {
            cancelled: CancellationToken::cancelled(self),
        }
    }
}

pin_project! {
    /// A cancellation that has no reason to give.
    struct Unexplained<F> {
        #[pin]
        cancelled: F,
    }
}

impl<F: Future<Output = ()>> Future for Unexplained<F> {
    type Output = Option<Reason>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Reason>> {
        self.project().cancelled.poll(cx).map(|()| None)
    }
}

impl CancelSource for &mut watch::Receiver<bool> {
    #[inline]
    fn is_cancelled(&mut self) -> bool {
        *self.borrow() || self.has_changed().is_err()
    }

    #[inline]
    async fn cancelled(&mut self) {
        // Ends with `true`, or with an error when the sender is gone. Both cancel.
        let _ = self.wait_for(|cancelled| *cancelled).await;
    }
}

impl<T: Clone + Send> CancelSource for &mut broadcast::Receiver<T> {
    #[inline]
    fn is_cancelled(&mut self) -> bool {
        !self.is_empty() || self.is_closed()
    }

    #[inline]
    async fn cancelled(&mut self) {
        let _ = self.recv().await;
    }
}

impl CancelSource for &mut oneshot::Receiver<()> {
    #[inline]
    fn is_cancelled(&mut self) -> bool {
        // Once received, later calls find an empty channel, which reads as closed: still cancelled.
        !matches!(self.try_recv(), Err(oneshot::error::TryRecvError::Empty))
    }

    #[inline]
    async fn cancelled(&mut self) {
        // Awaiting a receiver that is done would panic.
        if !self.is_terminated() {
            let _ = (&mut **self).await;
        }
    }
}

impl<S: CancelSource> CancelSource for Option<S> {
    #[inline]
    fn is_cancelled(&mut self) -> bool {
        self.as_mut().is_some_and(CancelSource::is_cancelled)
    }

    #[inline]
    async fn cancelled(&mut self) {
        match self {
            Some(source) => source.cancelled().await,
            None => pending().await,
        }
    }

    #[inline]
    fn reason(&mut self) -> Option<Reason> {
        self.as_mut().and_then(CancelSource::reason)
    }
}

// The one that is kept in structs; for any `&Option<S>` at once the compiler cannot see `Send`.
impl CancelSource for &Option<CancellationToken> {
    #[inline]
    fn is_cancelled(&mut self) -> bool {
        self.as_ref().is_some_and(CancellationToken::is_cancelled)
    }

    #[inline]
    async fn cancelled(&mut self) {
        match &**self {
            Some(token) => token.cancelled().await,
            None => pending().await,
        }
    }
}

/// Chooses how a source is borrowed, by method resolution: `token`, `&token` and `self.token` all
/// arrive as `&CancellationToken`, a receiver as `&mut`.
#[doc(hidden)]
pub trait AsCancelSource: Sized {
    fn __etq_source(self) -> Self;
}

impl<S: CancelSource> AsCancelSource for S {
    #[inline]
    fn __etq_source(self) -> Self {
        self
    }
}
