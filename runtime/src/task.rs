//! The layer of `#[instrument_task]`: a span per call that also says how the call ended.

#[cfg(feature = "tracing")]
#[path = "task/span.rs"]
mod imp;
#[cfg(not(feature = "tracing"))]
#[path = "task/none.rs"]
mod imp;

pub use self::imp::Task;
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

    #[cfg(feature = "tracing")]
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
