//! All that was found in a tree.

use std::fmt;
use std::path::PathBuf;

use crate::{Finding, Level, PolicyError, Skipped};

/// All that was found in a tree.
#[derive(Debug, Default)]
pub struct Report {
    /// The folder that paths start from.
    pub root: PathBuf,
    /// What breaks the policy, by file and place.
    pub findings: Vec<Finding>,
    /// Files that were not checked, and why.
    pub skipped: Vec<Skipped>,
    /// What kept the check from running: mistakes in the policy, no workspace.
    pub problems: Vec<PolicyError>,
    /// How many Rust files were looked at.
    pub files: usize,
    /// Their lines.
    pub lines: usize,
    /// How many findings an exemption covers.
    pub exempted: usize,
}

impl Report {
    /// How many findings are at this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    /// Whether nothing is at `deny` and nothing kept the check from running.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty() && self.count(Level::Deny) == 0
    }

    /// Fails the test that calls it unless [`Report::is_clean`]; prints what is only a warning.
    ///
    /// # Panics
    /// With every finding at `deny` and every problem, one per paragraph.
    pub fn assert_clean(&self) {
        assert!(self.is_clean(), "the house rules are broken\n\n{self}");
        if !self.findings.is_empty() || !self.skipped.is_empty() {
            eprintln!("{self}");
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}\n")?;
        }
        for finding in &self.findings {
            writeln!(f, "{finding}\n")?;
        }
        for skipped in &self.skipped {
            writeln!(f, "{skipped}")?;
        }
        write!(
            f,
            "{} denied, {} warned, {} exempted; {} files, {} lines, {} skipped",
            self.count(Level::Deny),
            self.count(Level::Warn),
            self.exempted,
            self.files,
            self.lines,
            self.skipped.len()
        )
    }
}
