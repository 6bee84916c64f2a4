//! From text to something rules can ask: what is worth parsing, the tree, imports, positions.

mod lines;
mod names;
mod parse;
mod prefilter;
mod room;
mod scan;

pub(crate) use lines::Lines;
pub(crate) use names::{Names, Scope as NameScope};
pub(crate) use parse::{Parsed, parse};
pub(crate) use prefilter::{Words, few_in_tests, may_break_rules};
use room::with_room;
#[cfg(feature = "walk")]
pub(crate) use room::{WORKER_STACK, has_room};
pub(crate) use scan::Comment;
