//! The gauge of a bounded queue.

use std::{
    panic::Location,
    sync::{Arc, OnceLock},
};

use super::{Handles, Id, is_counted};

/// How full the queues are that were made at one place.
#[derive(Debug)]
pub(crate) struct QueueFill {
    made_at: &'static Location<'static>,
    handles: OnceLock<Arc<Handles>>,
}

impl QueueFill {
    pub(crate) const fn new(made_at: &'static Location<'static>) -> Self {
        Self {
            made_at,
            handles: OnceLock::new(),
        }
    }

    /// From 0 to 1, where anybody asks.
    #[inline]
    pub(crate) fn set(&self, fill: impl FnOnce() -> f64) {
        if is_counted() {
            let name = || format!("{}:{}", self.made_at.file(), self.made_at.line());
            let handles = self.handles.get_or_init(|| super::handles(name()));
            handles.set(Id::QueueFill, "", fill());
        }
    }
}
