//! `#[with_timeout(LIMIT, inherit)]`: a timeout that is also the deadline of everything below it.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;
use tokio::time::Instant;

use super::{Provide, Scope, earlier};
use crate::{
    Deadline, Limit, TimedOut, TimeoutKind,
    timeout::{Timeout, timed_out, with_timeout},
};

/// A limit or a deadline, counted from now.
#[doc(hidden)]
pub trait Until: Copy {
    fn until(self) -> Deadline;

    /// What the error reports.
    fn limit(self) -> Option<Duration>;
}

impl Until for Limit {
    fn until(self) -> Deadline {
        self.duration()
            .and_then(|limit| Instant::now().checked_add(limit))
            .into()
    }

    fn limit(self) -> Option<Duration> {
        self.duration()
    }
}

impl Until for Deadline {
    fn until(self) -> Deadline {
        self
    }

    fn limit(self) -> Option<Duration> {
        None
    }
}

pin_project! {
    /// The layer of `#[with_timeout(…, inherit)]`.
    #[doc(hidden)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Inherit<F> {
        over: Over,
        #[pin]
        inner: Timeout<Deadline, Provide<F>>,
    }
}

/// Runs `body` until the limit passes, counted from now, or the deadline of the scope around it, whichever
/// comes first; what `body` calls sees that deadline.
#[doc(hidden)]
pub fn inherit<W: Until, F: Future>(limit: W, body: F) -> Inherit<F> {
    let outer = Scope::current();
    let own = limit.until();
    let deadline = earlier(own, outer.deadline);
    let scope = Scope { deadline, ..outer };
    Inherit {
        over: Over {
            limit: limit.limit(),
            is_own: deadline == own,
        },
        inner: with_timeout(deadline, scope.provide(body)),
    }
}

impl<F: Future> Future for Inherit<F> {
    type Output = Result<F::Output, Over>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        this.inner.poll(cx).map(|out| out.map_err(|_| *this.over))
    }
}

/// One of the two passed; it still has to be told for whom.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Over {
    limit: Option<Duration>,
    is_own: bool,
}

impl Over {
    #[cold]
    pub fn of(self, operation: &'static str, kind: TimeoutKind, attempts: u32) -> TimedOut {
        let (limit, kind) = match self.is_own {
            true => (self.limit, kind),
            false => (None, TimeoutKind::Inherited),
        };
        timed_out(operation, limit, kind, attempts)
    }
}
