//! The layer of `#[instrument_task]`: a span per call that also says how the call ended.

#[cfg(feature = "main")]
mod block;
#[cfg(feature = "tracing")]
mod held;
#[cfg(not(any(feature = "tracing", feature = "metrics", feature = "test-util")))]
#[path = "task/none.rs"]
mod imp;
#[cfg(any(feature = "tracing", feature = "metrics", feature = "test-util"))]
#[path = "task/watched.rs"]
mod imp;
#[cfg(feature = "tracing")]
mod place;
#[cfg(feature = "tracing")]
mod slow;
#[cfg(feature = "tracing")]
mod slow_poll;
#[cfg(not(feature = "tracing"))]
mod unseen;

#[cfg(feature = "main")]
pub use self::block::block_in_place;
pub use self::imp::Task;
#[cfg(not(feature = "tracing"))]
pub use self::unseen::{Place, slow, slow_poll};
#[cfg(feature = "tracing")]
pub use self::{place::Place, slow::slow, slow_poll::slow_poll};
use crate::{Class, retry::Ended};

/// How a call ended, as its span tells it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Ok,
    Error,
    TimedOut,
    Cancelled,
    Refused,
}

impl Outcome {
    /// What the layers know first; what the value says where the body had the last word.
    #[inline]
    pub(crate) fn new(ended: Ended, is_err: bool, class: impl FnOnce() -> Option<Class>) -> Self {
        match ended {
            Ended::TimedOut => Self::TimedOut,
            Ended::Cancelled => Self::Cancelled,
            Ended::Refused => Self::Refused,
            Ended::Body if !is_err => Self::Ok,
            Ended::Body if class() == Some(Class::Cancelled) => Self::Cancelled,
            Ended::Body => Self::Error,
        }
    }

    #[cfg(any(feature = "tracing", feature = "metrics", feature = "test-util"))]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }

    /// Whether an event of this level would be too loud: being asked to leave is no error.
    #[cfg(feature = "tracing")]
    #[must_use]
    pub fn hushes(self, level: tracing::Level) -> bool {
        self == Self::Cancelled && level < tracing::Level::INFO
    }
}
