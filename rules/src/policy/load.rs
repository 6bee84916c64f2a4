//! From a file, or a folder to search upwards from, to a policy: reads, adds the parents, keeps what is locked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

use super::read::Reader;
use super::schema::{Extends, Locked, Sheet, Source, sheet};
use super::{FILE_NAME, Place, Policy, PolicyError, PolicyErrors, Preset, Setting, extend};
use crate::{Level, Rule};

/// Where crates named by `extends = { crate = "…" }` have their sources, for a caller who knows better than the
/// engine (which looks among path dependencies, vendored sources and Cargo's own copies).
pub type CrateRoots = BTreeMap<String, PathBuf>;

impl Policy {
    /// Searches `dir` and the folders above it for a policy file; without one, the `server` preset applies.
    ///
    /// # Errors
    /// Every mistake in the file found and in those that it extends.
    pub fn discover(dir: &Path) -> Result<Self, PolicyErrors> {
        match Self::find(dir) {
            Some(file) => Self::load(&file),
            None => Ok(Self {
                root: dir.to_owned(),
                ..Self::default()
            }),
        }
    }

    /// The nearest policy file, from a folder upwards.
    #[must_use]
    pub fn find(dir: &Path) -> Option<PathBuf> {
        dir.ancestors()
            .map(|folder| folder.join(FILE_NAME))
            .find(|file| file.is_file())
    }

    /// Reads a policy file and those that it extends.
    ///
    /// # Errors
    /// Every mistake in them.
    pub fn load(path: &Path) -> Result<Self, PolicyErrors> {
        Self::load_with(path, &CrateRoots::new())
    }

    /// As [`Policy::load`], with the sources of crates that the caller already knows.
    ///
    /// # Errors
    /// Every mistake in the files.
    pub fn load_with(path: &Path, crates: &CrateRoots) -> Result<Self, PolicyErrors> {
        let mut loader = Loader {
            crates,
            errors: Vec::new(),
            open: Vec::new(),
        };
        let policy = loader.file(path);
        loader.finish(policy)
    }

    /// Reads the text of a policy file that need not exist.
    ///
    /// # Errors
    /// Every mistake in it and in the files that it extends.
    pub fn parse(path: &Path, text: &str) -> Result<Self, PolicyErrors> {
        let mut loader = Loader {
            crates: &CrateRoots::new(),
            errors: Vec::new(),
            open: Vec::new(),
        };
        let policy = loader.text(path, text);
        loader.finish(policy)
    }
}

struct Loader<'c> {
    crates: &'c CrateRoots,
    errors: Vec<PolicyError>,
    /// The files being read, to notice a circle.
    open: Vec<PathBuf>,
}

impl Loader<'_> {
    fn finish(self, policy: Option<Policy>) -> Result<Policy, PolicyErrors> {
        match policy {
            Some(policy) if self.errors.is_empty() => Ok(policy),
            _ => Err(PolicyErrors(self.errors)),
        }
    }

    fn file(&mut self, path: &Path) -> Option<Policy> {
        let error = |message: String| PolicyError {
            path: path.to_owned(),
            line: 0,
            column: 0,
            message,
            help: None,
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(cause) => {
                self.errors.push(error(format!("cannot be read: {cause}")));
                return None;
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            self.errors.push(error("is not UTF-8".to_owned()));
            return None;
        };
        self.text(path, &text)
    }

    fn text(&mut self, path: &Path, text: &str) -> Option<Policy> {
        let mut reader = Reader::new(path, text);
        let (table, mistakes) = DeTable::parse_recoverable(text);
        for mistake in mistakes {
            reader.error(
                mistake.span().unwrap_or(0..0),
                lower_first(mistake.message()),
                None,
            );
        }
        let sheet = sheet(&mut reader, table.get_ref());
        reader.errors.sort_by_key(|error| (error.line, error.column));
        self.errors.append(&mut reader.errors);
        self.open.push(path.to_owned());
        let policy = self.merge(path, sheet);
        self.open.pop();
        Some(policy)
    }

    /// Parents first, then what the file itself says.
    fn merge(&mut self, path: &Path, mut sheet: Sheet) -> Policy {
        let mut policy = Policy {
            root: folder(path),
            ..Policy::default()
        };
        let mut data = std::mem::take(&mut sheet.data);
        for extends in &sheet.extends {
            let Some(parent) = self.parent(path, extends) else {
                continue;
            };
            data.inherit(&parent.data);
            policy.files.extend(parent.files);
            if matches!(extends.source, Source::Crate(_)) {
                continue; // A crate ships rule data; levels are the team's own.
            }
            policy.preset = parent.preset;
            policy.tests = parent.tests;
            policy.reason_required = parent.reason_required;
            policy.rules.extend(parent.rules);
            policy.scopes.extend(parent.scopes);
            for (own, theirs) in policy.locked.iter_mut().zip(parent.locked) {
                *own = own.take().or(theirs);
            }
        }
        self.keep_locked(&policy, &mut sheet);
        policy.files.insert(0, path.to_owned());
        policy.preset = sheet.preset.unwrap_or(policy.preset);
        policy.tests = sheet.tests.unwrap_or(policy.tests);
        policy.reason_required = sheet.reason_required.unwrap_or(policy.reason_required);
        lock(&mut policy, &sheet);
        policy.exclude = sheet.exclude;
        policy.rules.extend(sheet.rules);
        policy.scopes.extend(sheet.scopes);
        policy.data = Arc::new(data);
        policy
    }

    /// What a parent has locked, its children can only make stricter.
    fn keep_locked(&mut self, parent: &Policy, sheet: &mut Sheet) {
        let held = |rule: &Rule| {
            parent.locked[rule.index()]
                .as_ref()
                .map(|place| (parent.level_of(rule), place))
        };
        for rule in crate::rules::ALL {
            let Some((level, place)) = held(rule) else {
                continue;
            };
            // A preset of the child's would lower it silently: the locked level is said again behind it.
            let again = |preset: Option<Preset>, rules: &mut Vec<Setting>| {
                let lowers = preset.is_some_and(|preset| rule.levels.under(preset) < level);
                if lowers && !rules.iter().any(|setting| setting.rule == *rule) {
                    rules.push(Setting {
                        rule,
                        level,
                        place: place.clone(),
                    });
                }
            };
            again(sheet.preset, &mut sheet.rules);
            for scope in &mut sheet.scopes {
                again(scope.preset, &mut scope.rules);
            }
        }
        let scoped = sheet.scopes.iter().flat_map(|scope| &scope.rules);
        for setting in sheet.rules.iter().chain(scoped) {
            let Some((level, place)) = held(setting.rule).filter(|(level, _)| setting.level < *level) else {
                continue;
            };
            self.errors.push(PolicyError {
                path: setting.place.path.clone(),
                line: setting.place.start.line,
                column: setting.place.start.column,
                message: format!(
                    "`{}` is locked at `{level}` by {}:{}",
                    setting.rule.name,
                    place.path.display(),
                    place.start.line
                ),
                help: Some("relax it there, or remove this line".to_owned()),
            });
        }
    }

    fn parent(&mut self, path: &Path, extends: &Extends) -> Option<Policy> {
        let complain = |message: String, help: Option<String>| PolicyError {
            path: path.to_owned(),
            line: extends.place.start.line,
            column: extends.place.start.column,
            message,
            help,
        };
        let file = match &extends.source {
            Source::Path(text) => {
                let joined = folder(path).join(text);
                if joined.is_dir() {
                    joined.join(FILE_NAME)
                } else {
                    joined
                }
            }
            Source::Crate(name) => match extend::find_crate(name, &folder(path), self.crates) {
                Ok(root) => root.join(FILE_NAME),
                Err(message) => {
                    let help = "add it to the dependencies and run `cargo fetch`".to_owned();
                    self.errors.push(complain(message, Some(help)));
                    return None;
                }
            },
        };
        if !file.is_file() {
            self.errors.push(complain(
                format!("`extends` names {}, which is not there", file.display()),
                None,
            ));
            return None;
        }
        let known = |open: &PathBuf| same_file(open, &file);
        if self.open.iter().any(known) {
            self.errors.push(complain(
                format!("`extends` goes in a circle through {}", file.display()),
                None,
            ));
            return None;
        }
        self.file(&file)
    }
}

impl Policy {
    /// The level of a rule by preset and `[rules]`, outside all scopes.
    fn level_of(&self, rule: &Rule) -> Level {
        let set = self.rules.iter().rev().find(|setting| setting.rule == rule);
        set.map_or_else(|| rule.levels.under(self.preset), |setting| setting.level)
    }
}

fn lock(policy: &mut Policy, sheet: &Sheet) {
    match &sheet.locked {
        None => {}
        Some(Locked::Denied(place)) => {
            for setting in sheet.rules.iter().filter(|setting| setting.level == Level::Deny) {
                policy.locked[setting.rule.index()].get_or_insert_with(|| place.clone());
            }
        }
        Some(Locked::Rules(rules)) => {
            for (rule, place) in rules {
                let place: &Place = place;
                policy.locked[rule.index()].get_or_insert_with(|| place.clone());
            }
        }
    }
}

fn folder(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}
