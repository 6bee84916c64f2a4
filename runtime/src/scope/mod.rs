//! What a call inherits: who may ask it to leave and why, and until when it may take.

mod inherit;
mod node;
mod run;

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

pub(crate) use self::run::fits;
pub use self::{
    inherit::inherit,
    run::{Provide, Run},
};
use self::{node::Node, run::CURRENT};
use crate::{CancelSource, Deadline, Limit, Reason};

/// A stretch of work that can be called off, with a reason, and that has to be done by a deadline.
///
/// What runs in a scope finds it with [`Scope::current`], however deep it is called; nobody has to hand
/// it on. A [child](Self::child) ends with its parent, and not the other way round; its deadline is never
/// later than its parent's.
///
/// ```
/// use etiquette::{Scope, Stopped, cancellable};
/// use std::time::Duration;
///
/// #[cancellable(Scope::current())]
/// async fn fetch() -> Result<u32, Stopped> {
///     std::future::pending().await
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let scope = Scope::new().with_timeout(Duration::from_secs(5));
/// let stopping = scope.clone();
/// tokio::spawn(async move {
///     tokio::time::sleep(Duration::from_secs(1)).await;
///     stopping.cancel("the user went away");
/// });
/// let call = scope.run(async {
///     assert_eq!(Scope::current().remaining(), Some(Duration::from_secs(5)));
///     fetch().await
/// });
/// let stop = call.await.unwrap_err();
/// assert!(stop.to_string().ends_with("was cancelled: the user went away"));
/// # }
/// ```
///
/// # What sees it
///
/// [`run`](Self::run) stops its future itself. Inside, `#[cancellable(Scope::current())]` and
/// [`or_cancelled(&scope)`](crate::Limits::or_cancelled) leave when the scope is cancelled or its deadline
/// passes; `#[with_timeout(…, inherit)]` obeys the deadline and may shorten it for what it calls; a retry
/// gives up rather than sleep past the deadline. [`Tasks`](crate::Tasks) hand the scope on to what they
/// spawn; `tokio::spawn` does not, and neither does [`shield`](crate::shield()).
///
/// A scope costs whoever uses none nothing: it is a task-local that is looked for by those who name it; a retry
/// looks for its deadline after a failure.
#[derive(Clone, Debug)]
pub struct Scope {
    // None: nobody can cancel it.
    node: Option<Arc<Node>>,
    deadline: Deadline,
}

impl Scope {
    /// A scope of its own: no parent, no deadline.
    #[must_use]
    pub fn new() -> Self {
        Self {
            node: Some(Arc::new(Node::root())),
            deadline: Deadline::NEVER,
        }
    }

    /// The scope this code runs in. Outside of any, one that nobody can cancel and that has no deadline.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or(Self::OPEN)
    }

    /// Outside of all scopes.
    pub(crate) const OPEN: Self = Self {
        node: None,
        deadline: Deadline::NEVER,
    };

    /// A scope inside this one: cancelled with it, for the same reason, and with no more time.
    #[must_use]
    pub fn child(&self) -> Self {
        let node = match &self.node {
            Some(parent) => Node::child_of(parent),
            None => Node::root(),
        };
        Self {
            node: Some(Arc::new(node)),
            deadline: self.deadline,
        }
    }

    /// The same scope with at most this much time from now: a `Duration`, or an `Option` of one.
    ///
    /// What had less time keeps that. Whoever has cloned the scope before is not affected; to cancel it is
    /// still to cancel both.
    #[must_use]
    pub fn with_timeout(self, limit: impl Into<Limit>) -> Self {
        let at = limit
            .into()
            .duration()
            .and_then(|limit| Instant::now().checked_add(limit));
        self.with_deadline(at)
    }

    /// The same scope with a deadline no later than this: an `Instant` of Tokio or of `std`, or an `Option`
    /// of one.
    #[must_use]
    pub fn with_deadline(mut self, deadline: impl Into<Deadline>) -> Self {
        self.deadline = earlier(self.deadline, deadline.into());
        self
    }

    /// Asks everything in this scope to leave, and says why. The first reason stays; `false` when there was
    /// one already, or when this is [outside of any scope](Self::current).
    pub fn cancel(&self, reason: impl Into<Reason>) -> bool {
        self.node.as_ref().is_some_and(|node| node.cancel(reason.into()))
    }

    /// Whether work in this scope should leave: it was cancelled, or its deadline has passed.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.node.as_ref().is_some_and(|node| node.token().is_cancelled()) || self.is_over()
    }

    /// Waits until work in this scope should leave.
    pub async fn cancelled(&self) {
        match (&self.node, self.deadline.instant()) {
            (Some(node), None) => node.token().cancelled().await,
            (Some(node), Some(at)) => {
                // Which of the two it was shows in `reason`.
                let _ = timeout_at(at, node.token().cancelled()).await;
            }
            (None, Some(at)) => tokio::time::sleep_until(at).await,
            (None, None) => std::future::pending().await,
        }
    }

    /// Why work in this scope should leave: what it was cancelled with, or that its deadline has passed.
    /// `None` while it need not.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        let reason = self.node.as_ref().and_then(|node| node.reason());
        reason.or_else(|| self.is_over().then(|| Reason::from("its deadline has passed")))
    }

    /// By when work in this scope has to be done.
    #[must_use]
    pub const fn deadline(&self) -> Option<Instant> {
        self.deadline.instant()
    }

    /// How much time is left; zero once the deadline has passed, `None` where there is none.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        let at = self.deadline()?;
        Some(at.saturating_duration_since(Instant::now()))
    }

    /// The token that is cancelled with this scope, for code that takes one. It knows nothing of the
    /// deadline.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        match &self.node {
            Some(node) => node.token().clone(),
            None => CancellationToken::new(),
        }
    }

    /// Whether there is anyone who could cancel this.
    pub(crate) const fn is_cancellable(&self) -> bool {
        self.node.is_some()
    }

    /// Whether cancelling `outer` cancels this.
    pub(crate) fn is_within(&self, outer: &Self) -> bool {
        match (&self.node, &outer.node) {
            (Some(node), Some(outer)) => node.is_within(outer),
            _ => false,
        }
    }

    fn is_over(&self) -> bool {
        self.deadline().is_some_and(|at| at <= Instant::now())
    }
}

impl Default for Scope {
    fn default() -> Self {
        Self::new()
    }
}

impl CancelSource for &Scope {
    fn is_cancelled(&mut self) -> bool {
        Scope::is_cancelled(self)
    }

    async fn cancelled(&mut self) {
        Scope::cancelled(self).await;
    }

    fn reason(&mut self) -> Option<Reason> {
        Scope::reason(self)
    }
}

fn earlier(one: Deadline, other: Deadline) -> Deadline {
    match (one.instant(), other.instant()) {
        (Some(a), Some(b)) => a.min(b).into(),
        (a, b) => a.or(b).into(),
    }
}

#[cfg(test)]
mod tests;
