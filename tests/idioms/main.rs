//! The idioms of real Tokio code, RW01 to RW40, each written as its author would write it with etiquette. A comment
//! carries the number; `../IDIOMS.md`, which `tests/index` writes, says where each one is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "shared with the tests of behaviour"
)]
#[path = "../behaviour/recorder.rs"]
mod recorder;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "shared with the tests of behaviour"
)]
#[path = "../behaviour/support.rs"]
mod support;

mod budgets;
mod cancel;
mod forever;
mod gates;
mod kept;
mod reconnect;
mod retries;
mod signals;
mod spans;
mod tasks;
mod timeouts;
mod traits;
