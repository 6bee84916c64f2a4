//! Who cancels whom, and why.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use crate::Reason;

/// A token, and the reason it was cancelled with.
#[derive(Debug)]
pub(super) struct Node {
    token: CancellationToken,
    reason: OnceLock<Reason>,
    parent: Option<Arc<Node>>,
}

impl Node {
    pub(super) fn root() -> Self {
        Self {
            token: CancellationToken::new(),
            reason: OnceLock::new(),
            parent: None,
        }
    }

    pub(super) fn child_of(parent: &Arc<Self>) -> Self {
        Self {
            token: parent.token.child_token(),
            reason: OnceLock::new(),
            parent: Some(Arc::clone(parent)),
        }
    }

    pub(super) const fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// The reason is there before anyone can see the cancellation.
    pub(super) fn cancel(&self, reason: Reason) -> bool {
        let first = !self.token.is_cancelled() && self.reason.set(reason).is_ok();
        self.token.cancel();
        first
    }

    pub(super) fn reason(&self) -> Option<Reason> {
        if !self.token.is_cancelled() {
            return None;
        }
        self.ancestors().find_map(|node| node.reason.get().cloned())
    }

    pub(super) fn is_within(&self, outer: &Self) -> bool {
        self.ancestors().any(|node| std::ptr::eq(node, outer))
    }

    /// This one first.
    fn ancestors(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |node| node.parent.as_deref())
    }
}
