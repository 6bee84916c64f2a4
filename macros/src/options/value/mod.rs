//! The values that options have: one type per file, each reading itself from the tokens the user wrote.

pub(crate) mod count;
pub(crate) mod duration;
pub(crate) mod expr;
pub(crate) mod naming;
pub(crate) mod predicate;
pub(crate) mod schedule;
pub(crate) mod units;
pub(crate) mod wait;
pub(crate) mod window;
pub(crate) mod word;
