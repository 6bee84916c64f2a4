//! The one place that decides which names an expansion may use, and where they point.

pub(crate) mod names;
pub(crate) mod paths;
pub(crate) mod spans;
