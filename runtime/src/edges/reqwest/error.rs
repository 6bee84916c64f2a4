//! What a checked call can fail with.

use std::{error, fmt, time::Duration};

use ::reqwest::StatusCode;

use crate::{Class, Classify, Stopped, http::class_after};

/// An answer with a status from 400 on.
///
/// Prints like `503 Service Unavailable, retry after 7s`. It does not name the URL, in which there may be secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusError {
    /// The status of the answer.
    pub status: StatusCode,
    /// How long the server asks to be left alone, where it said so.
    pub retry_after: Option<Duration>,
}

impl StatusError {
    /// An answer with this status; for tests, and for checks of your own.
    ///
    /// ```
    /// use etiquette::{Class, Classify, reqwest::StatusError};
    /// use reqwest::StatusCode;
    /// use std::time::Duration;
    ///
    /// let error = StatusError::new(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(7));
    /// assert_eq!(error.to_string(), "503 Service Unavailable, retry after 7s");
    /// assert_eq!(error.class(), Class::TransientAfter(Duration::from_secs(7)));
    /// ```
    #[must_use]
    pub fn new(status: StatusCode, retry_after: impl Into<Option<Duration>>) -> Self {
        Self {
            status,
            retry_after: retry_after.into(),
        }
    }
}

/// By the table of [`http`](crate::http#what-a-status-means).
impl Classify for StatusError {
    fn class(&self) -> Class {
        class_after(self.status, self.retry_after)
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        match self.retry_after {
            Some(wait) => write!(f, ", retry after {wait:?}"),
            None => Ok(()),
        }
    }
}

impl error::Error for StatusError {}

/// Everything that a call through reqwest can fail with, for functions that need no more: `?` turns all three into
/// it, and its class is theirs.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There was no answer, or not a whole one.
    Request(::reqwest::Error),
    /// The answer was an error.
    Status(StatusError),
    /// The call was stopped.
    Stopped(Stopped),
}

impl Classify for Error {
    fn class(&self) -> Class {
        match self {
            Self::Request(error) => error.class(),
            Self::Status(error) => error.class(),
            Self::Stopped(stop) => stop.class(),
        }
    }
}

impl From<::reqwest::Error> for Error {
    fn from(error: ::reqwest::Error) -> Self {
        Self::Request(error)
    }
}

impl From<StatusError> for Error {
    fn from(error: StatusError) -> Self {
        Self::Status(error)
    }
}

impl From<Stopped> for Error {
    fn from(stop: Stopped) -> Self {
        Self::Stopped(stop)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(_) => f.write_str("the request failed"),
            Self::Status(_) => f.write_str("the request was answered with an error"),
            Self::Stopped(_) => f.write_str("the request was stopped"),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(match self {
            Self::Request(error) => error,
            Self::Status(error) => error,
            Self::Stopped(stop) => stop,
        })
    }
}
