//! What a cancellation reports.

use std::{error::Error, fmt, ops::Deref, sync::Arc};

use super::name::short;

/// Someone asked the call to leave, and it did.
///
/// Prints like `fetch_user was cancelled`, with a reason `fetch_user was cancelled: shutting down`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cancelled {
    /// The full name of what was stopped.
    pub operation: &'static str,
    /// Why, where the one who cancelled said so.
    pub reason: Option<Reason>,
}

impl Cancelled {
    /// A cancellation without a reason. For tests, and for layers of your own.
    #[must_use]
    pub const fn new(operation: &'static str) -> Self {
        Self {
            operation,
            reason: None,
        }
    }

    /// The same with a reason.
    ///
    /// ```
    /// let stop = etiquette::Cancelled::new("app::sync").because("shutting down");
    /// assert_eq!(stop.to_string(), "sync was cancelled: shutting down");
    /// ```
    #[must_use]
    pub fn because(mut self, reason: impl Into<Reason>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was cancelled", short(self.operation))?;
        match &self.reason {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }
}

impl Error for Cancelled {}

/// Why something was cancelled: a `&'static str` that costs nothing, or a shared `str` that is
/// cheap to clone into each call it stops.
#[derive(Clone)]
pub struct Reason(Text);

#[derive(Clone)]
enum Text {
    Static(&'static str),
    Shared(Arc<str>),
}

impl Deref for Reason {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Text::Static(text) => text,
            Text::Shared(text) => text,
        }
    }
}

impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self(Text::Static(text))
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self(Text::Shared(text.into()))
    }
}

impl From<Arc<str>> for Reason {
    fn from(text: Arc<str>) -> Self {
        Self(Text::Shared(text))
    }
}

// By text: where the text is kept is nobody's business.
impl PartialEq for Reason {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Reason {}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
