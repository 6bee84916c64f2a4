//! Runs everything and says how it came out: on the terminal, as Markdown, as one HTML page.

mod allocations;
mod html;
mod instructions;
mod markdown;
mod plot;
mod results;
mod rows;
mod terminal;

pub(crate) use self::results::bar;
pub use self::{
    allocations::Allocations,
    html::html,
    instructions::Instructions,
    markdown::{between, markdown, summary},
    results::{JobResult, Results, Scope, calls, run},
    rows::{Row, Verdict, rows},
    terminal::{details, table},
};

/// A number with as many digits as it deserves.
#[must_use]
pub fn short(value: f64) -> String {
    match value {
        v if v.is_nan() => "-".to_owned(),
        v if v.abs() < 10.0 => format!("{v:.2}"),
        v if v.abs() < 100.0 => format!("{v:.1}"),
        v => format!("{v:.0}"),
    }
}
