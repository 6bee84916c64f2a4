//! The convention engine of etiquette: finds what breaks a team's async rules.
//!
//! Three front ends share it: the `#[conventions]` attribute, `cargo etiquette check`, and a plain test:
//!
//! ```no_run
//! #[test]
//! fn house_rules() {
//!     etiquette_rules::check_workspace().assert_clean();
//! }
//! # fn main() {}
//! ```
//!
//! One source text is checked without touching a disk:
//!
//! ```
//! use etiquette_rules::{Policy, Preset, check_source};
//! use std::path::Path;
//!
//! let text = "async fn wait() { std::thread::sleep(std::time::Duration::from_secs(1)); }";
//! let findings = check_source(Path::new("src/wait.rs"), text, &Policy::with_preset(Preset::Server));
//! assert_eq!(findings[0].rule.name, "blocking_sleep");
//! assert_eq!((findings[0].start.line, findings[0].start.column), (1, 19));
//! ```
//!
//! # How a finding comes about
//!
//! text → `source` (is it worth parsing? how deep is it? the tree, its imports) → `context` (one walk that knows
//! whether it stands in async code, in test code, in which loop, `select!` arm or closure) → `rules` (one file each,
//! called at the nodes they ask for) → `exempt` (attributes and comments) → [`Finding`]s at the levels of the
//! [`Policy`].
//!
//! # Adding a rule
//!
//! One file `rules/src/rules/<name>.rs` with its `RULE` and the functions that its hooks name; one row in
//! `rules/src/rules/mod.rs`; its page `rules/docs/<name>.md`; and its corpus `rules/corpus/<name>/{bad,good}/*.rs`,
//! where each expected finding is marked `//~ <name>` at the end of its line. The tests refuse a rule that lacks one.
//!
//! # Precision
//!
//! A rule that cannot know stays silent. Names are resolved through the file's imports, never matched by their last
//! word; what needs types is left to the attribute's probes and marked [`Needs::Types`].

mod around;
mod context;
mod engine;
mod exempt;
mod finding;
mod level;
pub mod policy;
mod rule;
mod rules;
mod source;
mod suggest;
mod tokens;
#[cfg(feature = "walk")]
mod workspace;

pub use around::SourceText;
pub use engine::{Checked, Engine};
pub use finding::{Edit, Finding, Position, Skipped};
pub use level::Level;
pub use policy::{Data, Listed, Policy, PolicyError, PolicyErrors, Preset};
pub use rule::{Levels, Needs, Rule};
pub use suggest::closest;
pub use tokens::{CheckedItem, ItemSource, Probe, ProbeKind, TokenFinding};
#[cfg(feature = "walk")]
pub use workspace::{Report, Walk, check_workspace, workspace_root};

use std::path::Path;

/// Checks one source text. The path is only a name: it chooses the scopes of the policy and tells test code.
///
/// A text that cannot be parsed has no findings here; [`Engine::check_source`] says why.
#[must_use]
pub fn check_source(path: &Path, text: &str, policy: &Policy) -> Vec<Finding> {
    Engine::new(policy.clone()).check_source(path, text).findings
}

/// Every rule, by number.
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    rules::ALL
}
