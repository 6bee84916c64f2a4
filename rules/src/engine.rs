//! From one text to its findings.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::context::{self, FileContext};
use crate::exempt::{Exemptions, drop_explained};
use crate::policy::Policy;
use crate::source::{self, Parsed, Words};
use crate::{Finding, Level, Skipped};

extern crate proc_macro;

/// Checks source texts against one policy.
#[derive(Clone, Debug, Default)]
pub struct Engine {
    pub(crate) policy: Policy,
    pub(crate) renamed: HashMap<String, String>,
    /// Functions that are raced or limited somewhere in the tree.
    pub(crate) raced: HashSet<String>,
    /// Folders that hold a command-line tool, which only their files together tell.
    tools: HashSet<PathBuf>,
    pub(crate) asks_maps: bool,
}

/// What came of one text.
#[derive(Debug, Default)]
pub struct Checked {
    /// What breaks the policy, in the order of the text.
    pub findings: Vec<Finding>,
    /// Why the text was not checked, if it was not.
    pub skipped: Option<Skipped>,
    /// Findings that an exemption covers: how many there are.
    pub exempted: usize,
}

impl Engine {
    /// An engine for that policy.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            ..Self::default()
        }
    }

    /// Crates that the manifest renames: from the name in the code to the name of the package.
    #[must_use]
    pub fn with_renamed_crates(mut self, renamed: HashMap<String, String>) -> Self {
        self.renamed = renamed;
        self
    }

    /// Functions whose futures are raced or limited somewhere in the tree: their loops are ended by their callers.
    #[must_use]
    pub fn with_raced_functions(mut self, raced: HashSet<String>) -> Self {
        self.raced = raced;
        self
    }

    /// Folders that hold a command-line tool.
    #[cfg(feature = "walk")]
    pub(crate) fn with_tools(mut self, tools: impl IntoIterator<Item = PathBuf>) -> Self {
        self.tools = tools.into_iter().collect();
        self
    }

    /// Whether [`Engine::check_item`] asks about the entries of maps too: those of `dashmap` are guards.
    #[must_use]
    pub fn with_map_guards(mut self, asked: bool) -> Self {
        self.asks_maps = asked;
        self
    }

    /// The policy that it checks against.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Checks one text. The path is only a name: it chooses the scopes of the policy and tells test code.
    #[must_use]
    pub fn check_source(&self, path: &Path, text: &str) -> Checked {
        self.check(path, text, self.is_test_path(path))
    }

    /// Judged from the policy's folder on: what lies above it says nothing about the code.
    pub(crate) fn is_test_path(&self, path: &Path) -> bool {
        context::is_test_path(path.strip_prefix(self.policy.root()).unwrap_or(path))
    }

    /// Judged as [`Engine::is_test_path`] is.
    pub(crate) fn is_tool_path(&self, path: &Path) -> bool {
        context::is_tool_path(path.strip_prefix(self.policy.root()).unwrap_or(path))
            || !self.tools.is_empty()
                && path
                    .with_extension("")
                    .ancestors()
                    .any(|folder| self.tools.contains(folder))
    }

    /// As [`Engine::check_source`], for a caller that knows whether the whole file is test code.
    pub(crate) fn check(&self, path: &Path, text: &str, test_file: bool) -> Checked {
        if self.policy.excludes(path) || !source::may_break_rules(text) {
            return Checked::default();
        }
        let levels = self.policy.levels(path);
        let on = crate::rules::ALL
            .iter()
            .zip(&levels.tests)
            .filter(|(_, level)| **level > Level::Off);
        let words = Words::find(text, source::few_in_tests(on.map(|(rule, _)| rule.name)));
        if !words.any(test_file) {
            return Checked::default();
        }
        let _plain_tokens = PlainTokens::here();
        let parsed = source::parse(text, &words, |parsed| {
            let file = FileContext {
                policy: &self.policy,
                levels: &levels,
                raced: &self.raced,
                test_file,
                tool: self.is_tool_path(path),
                asks_types: false,
                asks_maps: false,
            };
            self.check_parsed(path, text, &parsed, &file)
        });
        parsed.unwrap_or_else(|reason| Checked {
            skipped: Some(Skipped::new(path, reason)),
            ..Checked::default()
        })
    }

    fn check_parsed(&self, path: &Path, text: &str, parsed: &Parsed, file: &FileContext<'_>) -> Checked {
        let mut walked = context::walk(file, &self.renamed, Vec::new(), &parsed.tree);
        let raw = &mut walked.found;
        let exempted = Exemptions::collect(text, parsed, file).apply(file, raw, &mut walked.probes);
        drop_explained(text, &parsed.lines, file, raw);
        let mut findings: Vec<Finding> = walked
            .found
            .into_iter()
            .map(|raw| raw.place(path, text, parsed))
            .collect();
        findings.sort_by_key(|finding| (finding.start.byte, finding.rule.id));
        findings.dedup_by(|a, b| a.rule == b.rule && a.start == b.start && a.message == b.message);
        Checked {
            findings,
            skipped: None,
            exempted,
        }
    }
}

/// While it lives, tokens are made without the compiler's help even inside a macro: their places are then those of
/// the text, and other threads may make some too.
pub(crate) struct PlainTokens {
    inside_macro: bool,
}

impl PlainTokens {
    pub(crate) fn here() -> Self {
        let inside_macro = proc_macro::is_available();
        if inside_macro {
            proc_macro2::fallback::force();
        }
        Self { inside_macro }
    }
}

impl Drop for PlainTokens {
    fn drop(&mut self) {
        if self.inside_macro {
            proc_macro2::fallback::unforce();
        }
    }
}
