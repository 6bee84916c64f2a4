//! Whole trees: which files there are, what surrounds them, and all that is found in them.

mod manifest;
mod raced;
mod report;
mod root;
mod test_modules;
mod tools;
mod walk;

pub use report::Report;
pub use root::workspace_root;
pub use walk::Walk;

use std::path::PathBuf;

use crate::PolicyError;

/// Checks the Cargo workspace of the test that calls this, under its `etiquette.toml`.
///
/// ```no_run
/// #[test]
/// fn house_rules() {
///     etiquette_rules::check_workspace().assert_clean();
/// }
/// # fn main() {}
/// ```
///
/// The workspace is that of `CARGO_MANIFEST_DIR`, which Cargo sets for tests, else that of the current folder.
/// Whatever keeps the check from running is in [`Report::problems`] and fails [`Report::assert_clean`].
#[must_use]
pub fn check_workspace() -> Report {
    let start = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = start
        .or_else(|| std::env::current_dir().ok())
        .unwrap_or_else(|| PathBuf::from("."));
    match Walk::workspace(&start) {
        Ok(walk) => walk.run(),
        Err(errors) => Report {
            problems: errors.0,
            ..Report::default()
        },
    }
}

/// A problem with a whole folder rather than with a line.
fn problem(path: PathBuf, message: impl Into<String>, help: Option<&str>) -> PolicyError {
    PolicyError {
        path,
        line: 0,
        column: 0,
        message: message.into(),
        help: help.map(str::to_owned),
    }
}
