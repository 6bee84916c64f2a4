//! From options to a plan: which layers stand around which function, and whether that makes sense.

pub(crate) mod borrow;
pub(crate) mod classes;
pub(crate) mod defaults;
pub(crate) mod order;
mod owned;
pub(crate) mod plan;
pub(crate) mod runs;
pub(crate) mod source;
pub(crate) mod spelled;
pub(crate) mod validate;
