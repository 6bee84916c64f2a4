//! Nothing here breaks a convention, and nothing may be said about it.
#![deny(warnings)]
#![deny(missing_docs, unused_qualifications, unreachable_code, elided_lifetimes_in_paths)]

pub mod guards;
pub mod maps;
pub mod tasks;
