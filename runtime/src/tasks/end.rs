//! How a task ended that was not to end.

use std::{
    error::Error,
    fmt,
    sync::{Arc, OnceLock},
};

use super::TaskName;

/// A task spawned with [`spawn_essential`](crate::Tasks::spawn_essential) has ended.
///
/// Prints like ``the essential task `listener` ended`` or
/// ``the essential task `listener` failed: address in use``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EssentialEnded {
    name: TaskName,
    how: How,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum How {
    Returned,
    Failed(Arc<str>),
    Panicked(Arc<str>),
    /// Aborted, or its runtime is gone.
    Dropped,
}

impl EssentialEnded {
    pub(super) const fn new(name: TaskName, how: How) -> Self {
        Self { name, how }
    }

    /// The name of the task.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it ended in a panic.
    #[must_use]
    pub const fn is_panic(&self) -> bool {
        matches!(self.how, How::Panicked(_))
    }
}

impl fmt::Display for EssentialEnded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the essential task `{}` ", self.name)?;
        match &self.how {
            How::Returned => f.write_str("ended"),
            How::Failed(error) => write!(f, "failed: {error}"),
            How::Panicked(text) => write!(f, "panicked: {text}"),
            How::Dropped => f.write_str("was aborted"),
        }
    }
}

impl Error for EssentialEnded {}

/// The first of them.
#[derive(Debug, Default)]
pub(super) struct End(OnceLock<EssentialEnded>);

impl End {
    /// Whether it is the first.
    pub(super) fn set(&self, ended: EssentialEnded) -> bool {
        self.0.set(ended).is_ok()
    }

    pub(super) fn get(&self) -> Option<&EssentialEnded> {
        self.0.get()
    }
}
