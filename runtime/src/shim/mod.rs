//! What expansions call as macros: where something depends on the user's types, or on a feature of
//! this crate, which an expansion in the user's crate cannot ask for.
//!
//! They name everything in full, so that they work whatever the user's scope contains.

mod fault;
mod judge;
mod task;
