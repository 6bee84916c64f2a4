//! The same limits on any expression: what an attribute does for a function.

use std::{
    any::type_name,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::{
    CancelSource, Deadline, Limit, Stopped, TimeoutKind,
    cancel::{Cancellable, Stop, cancellable},
    timeout::{Timeout, with_timeout},
};

/// Limits on any future, with one error type: the same words, types and behaviour as the
/// attributes, for the places that no function attribute reaches.
///
/// ```
/// use etiquette::{Limits, Stopped};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Stopped> {
/// async fn fetch() -> u32 { 7 }
///
/// let value = fetch().with_timeout(Duration::from_secs(5)).await?;
/// assert_eq!(value, 7);
/// # Ok(())
/// # }
/// ```
///
/// The body is polled before the timer is armed, so one that is ready at once reads no clock.
/// A [`Stopped`] from here names the future's type, as far as it can be read: for an `async fn`
/// that is the function, for an `async` block the function around it.
pub trait Limits: Future + Sized {
    /// Stops this future when `limit` has passed, counted from when it first has to wait.
    ///
    /// Takes a `Duration` or an `Option<Duration>`; `None` and `Duration::MAX` are no limit. A
    /// limit of zero stops at the first wait.
    ///
    /// # Errors
    ///
    /// [`Stopped::TimedOut`]. A future that is ready in the very poll in which the limit passes
    /// has made it.
    #[inline]
    fn with_timeout(self, limit: impl Into<Limit>) -> WithTimeout<Self> {
        WithTimeout {
            inner: with_timeout(limit.into(), self),
        }
    }

    /// Stops this future at an instant: Tokio's or the standard library's, or an `Option` of one.
    ///
    /// # Errors
    ///
    /// [`Stopped::TimedOut`], with no `limit`.
    ///
    /// ```
    /// use etiquette::Limits;
    /// use tokio::time::{Duration, Instant};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let deadline = Instant::now() + Duration::from_millis(5);
    /// let stop = std::future::pending::<()>().with_timeout_at(deadline).await.unwrap_err();
    /// assert!(stop.is_timeout());
    /// # }
    /// ```
    #[inline]
    fn with_timeout_at(self, deadline: impl Into<Deadline>) -> WithTimeoutAt<Self> {
        WithTimeoutAt {
            inner: with_timeout(deadline.into(), self),
        }
    }

    /// Stops this future when `source` asks it to. If it has asked already, the future is never
    /// polled.
    ///
    /// # Errors
    ///
    /// [`Stopped::Cancelled`].
    ///
    /// ```
    /// use etiquette::Limits;
    /// use tokio_util::sync::CancellationToken;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let token = CancellationToken::new();
    /// assert_eq!(async { 7 }.or_cancelled(&token).await, Ok(7));
    /// token.cancel();
    /// assert!(async { 7 }.or_cancelled(&token).await.unwrap_err().is_cancelled());
    /// # }
    /// ```
    #[inline]
    fn or_cancelled<S: CancelSource>(self, source: S) -> OrCancelled<Self, impl Stop + Send> {
        OrCancelled {
            inner: cancellable(source, self),
        }
    }
}

impl<F: Future> Limits for F {}

pin_project! {
    /// The future of [`Limits::with_timeout`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct WithTimeout<F> {
        #[pin]
        inner: Timeout<Limit, F>,
    }
}

pin_project! {
    /// The future of [`Limits::with_timeout_at`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct WithTimeoutAt<F> {
        #[pin]
        inner: Timeout<Deadline, F>,
    }
}

macro_rules! timed {
    ($($future:ident)*) => {$(
        impl<F: Future> Future for $future<F> {
            type Output = Result<F::Output, Stopped>;

            #[inline]
            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                self.project().inner.poll(cx).map(|out| {
                    out.map_err(|stop| stop.of(operation::<F>(), TimeoutKind::Call, 1).into())
                })
            }
        }
    )*};
}

timed!(WithTimeout WithTimeoutAt);

pin_project! {
    /// The future of [`Limits::or_cancelled`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct OrCancelled<F, S> {
        #[pin]
        inner: Cancellable<S, F>,
    }
}

impl<F: Future, S: Stop> Future for OrCancelled<F, S> {
    type Output = Result<F::Output, Stopped>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project()
            .inner
            .poll(cx)
            .map(|out| out.map_err(|stop| stop.of(operation::<F>()).into()))
    }
}

/// The name of a future, from its type.
#[cold]
pub(crate) fn operation<F>() -> &'static str {
    readable(type_name::<F>())
}

fn readable(name: &'static str) -> &'static str {
    let mut name = name;
    while let Some(outer) = name.strip_suffix("::{{closure}}") {
        name = outer;
    }
    // `<Type as Trait>::method`: the method.
    if let Some((_, method)) = name.strip_prefix('<').and_then(|name| name.rsplit_once(">::")) {
        return method;
    }
    // Arguments say little and run long.
    match name.split('<').next() {
        // A box says nothing of what is in it.
        None | Some("" | "core::pin::Pin" | "alloc::boxed::Box") => "future",
        Some(name) => name,
    }
}

#[cfg(test)]
mod tests;
