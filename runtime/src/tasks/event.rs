//! The events of tasks, with the target `etiquette::tasks`. Without the `tracing` feature there are none.

use std::fmt::Display;

use super::{EssentialEnded, Laggard};

macro_rules! events {
    ($(
        $(#[$meta:meta])*
        $level:ident $name:ident($($field:ident: $type:ty),*) = $text:literal;
    )*) => {$(
        $(#[$meta])*
        #[cold]
        pub(super) fn $name($($field: $type),*) {
            #[cfg(feature = "tracing")]
            tracing::$level!(target: "etiquette::tasks", $($field = tracing::field::display($field),)* $text);
            #[cfg(not(feature = "tracing"))]
            let _ = ($($field,)*);
        }
    )*};
}

events! {
    error panicked(task: &str, panic: &str) = "the task panicked";
    warn refused(task: &str) = "the task was not started: shutting down";
    warn asked(laggard: &Laggard) = "still running: asked to leave";
    error aborted(laggard: &Laggard) = "still running: aborted";
    error essential_ended(ended: &EssentialEnded) = "everything else is cancelled";
}

/// An error of a task, or of one round of its work.
#[cold]
pub(super) fn failed(task: &str, error: &dyn Display, was_asked: bool) {
    #[cfg(feature = "tracing")]
    {
        let error = format_args!("{error:#}");
        match was_asked {
            true => {
                tracing::info!(target: "etiquette::tasks", task = %task, %error, "the task left when asked")
            }
            false => tracing::error!(target: "etiquette::tasks", task = %task, %error, "the task failed"),
        }
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (task, error, was_asked);
}

pub(super) fn detached(task: Option<&str>, reason: &'static str) {
    #[cfg(feature = "tracing")]
    tracing::debug!(target: "etiquette::tasks", task, reason, "detached");
    #[cfg(not(feature = "tracing"))]
    let _ = (task, reason);
}
