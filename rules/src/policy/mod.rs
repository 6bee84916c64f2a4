//! The policy: which rules apply where, at which level, with which data of the team's own.
//!
//! Precedence, strongest first: an exemption in the code, the last matching `[[scope]]` (its `rules` before its
//! `preset`), `[rules]`, `preset`. What a parent file has `locked` no child and no exemption relaxes.

mod data;
mod error;
mod extend;
mod load;
mod preset;
mod read;
mod schema;
mod schema_data;
mod scope;
mod unused;

pub use data::{Data, Listed};
pub use error::{PolicyError, PolicyErrors};
pub use load::CrateRoots;
pub use preset::Preset;
pub use unused::Unused;

pub(crate) use data::path_matches;
pub(crate) use schema_data::duration;
pub(crate) use scope::Scope;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{Level, Rule};

/// The name of a policy file.
pub const FILE_NAME: &str = "etiquette.toml";

/// The edition of the rule set that this version knows. A later edition may add rules to presets.
pub const RULES_EDITION: &str = "2026.1";

/// A policy, read and checked.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) root: PathBuf,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) preset: Preset,
    pub(crate) rules: Vec<Setting>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) tests: Option<Preset>,
    pub(crate) exclude: Vec<Placed<String>>,
    pub(crate) reason_required: bool,
    /// By index of the rule: locked by the file at that place.
    pub(crate) locked: Vec<Option<Place>>,
    pub(crate) data: Arc<Data>,
}

/// One line of `[rules]`.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    pub(crate) place: Place,
}

/// Where in a policy file something is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The policy file.
    pub path: PathBuf,
    /// Its position there.
    pub start: crate::Position,
    /// Where it ends.
    pub end: crate::Position,
}

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

impl Default for Policy {
    fn default() -> Self {
        Self::with_preset(Preset::Server)
    }
}

impl Policy {
    /// The policy of a team that has no policy file but has picked a preset.
    #[must_use]
    pub fn with_preset(preset: Preset) -> Self {
        Self {
            root: PathBuf::new(),
            files: Vec::new(),
            preset,
            rules: Vec::new(),
            scopes: Vec::new(),
            tests: Some(Preset::Minimal),
            exclude: Vec::new(),
            reason_required: true,
            locked: vec![None; crate::rules::ALL.len()],
            data: Arc::new(Data::default()),
        }
    }

    /// The levels of this preset everywhere, in place of the file's `preset`, `[rules]` and `[[scope]]`. What else the
    /// file says stays: what it excludes, its rule data, what it locks.
    #[must_use]
    pub fn with_preset_of(mut self, preset: Preset) -> Self {
        self.preset = preset;
        self.rules.clear();
        self.scopes.clear();
        self
    }

    /// The same policy with one rule at another level, as `[rules]` would set it.
    #[must_use]
    pub fn with_rule(mut self, rule: &'static Rule, level: Level) -> Self {
        let place = Place {
            path: PathBuf::new(),
            start: crate::Position::default(),
            end: crate::Position::default(),
        };
        self.rules.push(Setting { rule, level, place });
        self
    }

    /// The same policy with other rule data.
    #[must_use]
    pub fn with_data(mut self, data: Data) -> Self {
        self.data = Arc::new(data);
        self
    }

    /// The folder that the paths of scopes start from; empty without a file.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file that this policy was read from, the nearest first: what a macro has to depend on.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The preset of code that no scope speaks of.
    #[must_use]
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// The team's own lists and numbers.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The level of a rule in a file, in production or test code.
    #[must_use]
    pub fn level(&self, rule: &Rule, path: &Path, test_code: bool) -> Level {
        let levels = self.levels(path);
        if test_code {
            levels.tests[rule.index()]
        } else {
            levels.code[rule.index()]
        }
    }

    /// Whether the file is left out by `exclude`.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        let relative = scope::relative(&self.root, path);
        self.exclude
            .iter()
            .any(|glob| fast_glob::glob_match(&glob.value, &relative))
    }

    /// The levels of all rules in one file.
    pub(crate) fn levels(&self, path: &Path) -> LevelTable {
        let mut code: Vec<Level> = crate::rules::ALL
            .iter()
            .map(|rule| rule.levels.under(self.preset))
            .collect();
        let mut tests = self.tests;
        for setting in &self.rules {
            code[setting.rule.index()] = setting.level;
        }
        for scope in self.scopes.iter().filter(|scope| scope.covers(path)) {
            if let Some(preset) = scope.preset {
                for (level, rule) in code.iter_mut().zip(crate::rules::ALL) {
                    *level = rule.levels.under(preset);
                }
            }
            for setting in &scope.rules {
                code[setting.rule.index()] = setting.level;
            }
            if let Some(preset) = scope.tests {
                tests = preset;
            }
        }
        let tests = crate::rules::ALL
            .iter()
            .map(|rule| match tests {
                None => Level::Off,
                Some(Preset::Minimal) if !rule.in_test_code => Level::Off,
                Some(preset) => rule.levels.under(preset),
            })
            .collect();
        LevelTable { code, tests }
    }
}

/// The level of each rule, by its index, in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LevelTable {
    pub(crate) code: Vec<Level>,
    pub(crate) tests: Vec<Level>,
}
