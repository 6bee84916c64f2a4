//! etiquette against hand-written code and every peer, measured side by side in one process.
//!
//! A [`Job`](harness::Job) is one thing to do and the contenders that do it. The report, criterion,
//! the counting of instructions and that of allocations all run the same jobs.

#![forbid(unsafe_code)]

pub mod compile;
pub mod growth;
pub mod harness;
pub mod jobs;
mod peers;
pub mod report;
pub mod sizes;
pub mod subject;
