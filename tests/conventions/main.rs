//! What the compiler says under `#[conventions]`, in crates of their own: each has the policy of a team of its own, and
//! code in the folder `tests` of ours would count as test code.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod each_rule;
mod extends;
mod lints;
mod policy;
mod support;
