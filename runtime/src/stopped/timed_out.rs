//! What a passed limit reports.

use std::{error::Error, fmt, time::Duration};

use super::name::short;

/// A limit passed before the body was done.
///
/// Prints like `fetch_user timed out after 5s`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimedOut {
    /// The full name of what was stopped.
    pub operation: &'static str,
    /// The limit that passed. `None` when it was an instant (`until = …`).
    pub limit: Option<Duration>,
    /// What the limit was set on.
    pub kind: TimeoutKind,
    /// How many runs of the body had been started by then: 1 where nothing repeats, and for an attempt its number.
    pub attempts: u32,
}

/// What a limit was set on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// A call that is not retried.
    Call,
    /// All attempts of a retried call, and the pauses between them.
    Total,
    /// One attempt of a retried call.
    Attempt,
    /// A deadline set by a caller further up.
    Inherited,
}

impl TimedOut {
    /// A timeout of a whole call: `kind` is [`TimeoutKind::Call`], `attempts` 1.
    ///
    /// For tests, and for layers of your own. The fields are public: adjust what differs.
    ///
    /// ```
    /// use etiquette::{Stopped, TimedOut};
    /// use std::time::Duration;
    ///
    /// let stop = Stopped::from(TimedOut::new("app::fetch_user", Duration::from_secs(5)));
    /// assert!(stop.is_timeout());
    /// assert_eq!(stop.to_string(), "fetch_user timed out after 5s");
    /// ```
    #[must_use]
    pub fn new(operation: &'static str, limit: impl Into<Option<Duration>>) -> Self {
        Self {
            operation,
            limit: limit.into(),
            kind: TimeoutKind::Call,
            attempts: 1,
        }
    }
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = short(self.operation);
        match self.limit {
            Some(limit) => write!(f, "{name} timed out after {limit:?}")?,
            None => write!(f, "{name} timed out at its deadline")?,
        }
        match (self.kind, self.attempts) {
            (TimeoutKind::Total, 1) => f.write_str(" (1 attempt)"),
            (TimeoutKind::Total, attempts @ 2..) => write!(f, " ({attempts} attempts)"),
            _ => Ok(()),
        }
    }
}

impl Error for TimedOut {}
