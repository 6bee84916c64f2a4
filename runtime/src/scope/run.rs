//! Running in a scope: the task-local that says which, and the layer that ends with it.

use std::{
    cell::Cell,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::{task::futures::TaskLocalFuture, time::Instant};

use super::Scope;
use crate::{
    Deadline, Stopped, TimeoutKind,
    cancel::{Cancellable, Stop, cancellable},
    limits::operation,
    timeout::{Timeout, with_timeout},
};

tokio::task_local! {
    pub(super) static CURRENT: Scope;
}

thread_local! {
    /// The deadline of the scope that is being polled, apart from it: a failure of a retry that is in none costs
    /// one plain load.
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Whether work that begins after `delay` still has time in the current scope.
// For a retry, after a failure.
#[inline]
pub(crate) fn fits(delay: Duration) -> bool {
    match DEADLINE.get() {
        None => true,
        Some(at) => delay < at.saturating_duration_since(Instant::now()),
    }
}

/// A deadline that holds for one poll.
struct Polling {
    outer: Option<Instant>,
}

impl Polling {
    fn until(deadline: Option<Instant>) -> Self {
        Self {
            outer: DEADLINE.replace(deadline),
        }
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        DEADLINE.set(self.outer);
    }
}

impl Scope {
    /// Runs `body` in this scope, and stops it when the scope is cancelled or its deadline passes.
    ///
    /// Cancellation comes first at every poll: in a scope that was cancelled before, `body` is never
    /// polled. A body that is ready in the poll in which the deadline passes has made it.
    ///
    /// # Errors
    ///
    /// [`Stopped::Cancelled`] with the reason of the scope; [`Stopped::TimedOut`] of the kind
    /// [`Inherited`](TimeoutKind::Inherited) at its deadline. Both name the type of `body`. By then it has
    /// been dropped, at the await where it stood.
    pub fn run<F: Future>(&self, body: F) -> Run<F, impl Stop + Send + use<'_, F>> {
        Run {
            inner: cancellable(OnlyCancel(self), with_timeout(self.deadline, self.provide(body))),
        }
    }

    /// Runs `body` to its end, with this as its [current](Self::current) scope.
    ///
    /// Where [`run`](Self::run) drops its future, this leaves it to what is called inside to leave when
    /// asked.
    pub fn provide<F: Future>(&self, body: F) -> Provide<F> {
        Provide {
            deadline: self.deadline(),
            inner: CURRENT.scope(self.clone(), body),
        }
    }

    /// The same for code that does not wait.
    #[cfg(feature = "tower")]
    pub(crate) fn enter<R>(&self, body: impl FnOnce() -> R) -> R {
        let _polling = Polling::until(self.deadline());
        CURRENT.sync_scope(self.clone(), body)
    }
}

/// The scope without its deadline, which is a timeout's business here.
struct OnlyCancel<'a>(&'a Scope);

impl crate::CancelSource for OnlyCancel<'_> {
    fn is_cancelled(&mut self) -> bool {
        self.0
            .node
            .as_ref()
            .is_some_and(|node| node.token().is_cancelled())
    }

    async fn cancelled(&mut self) {
        match &self.0.node {
            Some(node) => node.token().cancelled().await,
            None => std::future::pending().await,
        }
    }

    fn reason(&mut self) -> Option<crate::Reason> {
        self.0.node.as_ref().and_then(|node| node.reason())
    }
}

pin_project! {
    /// The future of [`Scope::run`].
    #[must_use = "futures do nothing unless polled"]
    pub struct Run<F, S> {
        #[pin]
        inner: Cancellable<S, Timeout<Deadline, Provide<F>>>,
    }
}

impl<F: Future, S: Stop> Future for Run<F, S> {
    type Output = Result<F::Output, Stopped>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().inner.poll(cx).map(|ended| match ended {
            Ok(Ok(out)) => Ok(out),
            Ok(Err(stop)) => Err(stop.of(operation::<F>(), TimeoutKind::Inherited, 1).into()),
            Err(stop) => Err(stop.of(operation::<F>()).into()),
        })
    }
}

pin_project! {
    /// The future of [`Scope::provide`].
    #[must_use = "futures do nothing unless polled"]
    pub struct Provide<F> {
        deadline: Option<Instant>,
        #[pin]
        inner: TaskLocalFuture<Scope, F>,
    }
}

impl<F: Future> Future for Provide<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let _polling = Polling::until(*this.deadline);
        this.inner.poll(cx)
    }
}
