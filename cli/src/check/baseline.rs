//! The baseline: findings that were there when a team began, kept in a file that may only shrink.
//!
//! A finding is known by its rule, its file, the item it is in and a hash of its code without white space, never by a
//! line number: code above it may come and go.

use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etiquette_rules::Finding;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::text::hash;
use crate::tree::Tree;

const VERSION: u32 = 1;

/// How often each finding is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Baseline {
    counts: BTreeMap<Key, usize>,
}

/// What makes two findings the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Key {
    file: String,
    item: String,
    rule: String,
    code: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: Key,
    count: usize,
}

/// The keys of findings in order; each file is read once.
pub(crate) fn keys(tree: &Tree, findings: &[Finding]) -> Vec<Key> {
    let mut texts: HashMap<&PathBuf, String> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let text = texts
                .entry(&finding.path)
                .or_insert_with(|| std::fs::read_to_string(&finding.path).unwrap_or_default());
            let code: String = text
                .get(finding.range())
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            Key {
                file: tree.relative(&finding.path),
                item: finding.item.clone(),
                rule: finding.rule.name.to_owned(),
                code: format!("{:016x}", hash(&code)),
            }
        })
        .collect()
}

impl Key {
    /// One word for it all.
    pub(crate) fn fingerprint(&self) -> String {
        let Self {
            file,
            item,
            rule,
            code,
        } = self;
        format!("{:016x}", hash(&format!("{file}\n{item}\n{rule}\n{code}")))
    }
}

impl Baseline {
    /// `None` when there is no such file yet.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Failure> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => {
                return Err(Failure::new(format!(
                    "the baseline {} cannot be read: {cause}",
                    path.display()
                )));
            }
        };
        let wrong = |what: String| {
            Failure::new(format!("the baseline {} {what}", path.display()))
                .help("take the last good one from version control, or remove it and run `--write-baseline`")
        };
        let file: File =
            serde_json::from_str(&text).map_err(|cause| wrong(format!("is malformed: {cause}")))?;
        if file.version != VERSION {
            return Err(wrong(format!(
                "has version {}; this program knows {VERSION}",
                file.version
            )));
        }
        let mut counts = BTreeMap::new();
        for entry in file.findings {
            *counts.entry(entry.key).or_default() += entry.count;
        }
        Ok(Some(Self { counts }))
    }

    pub(super) fn of(tree: &Tree, findings: &[Finding]) -> Self {
        let mut counts = BTreeMap::new();
        for key in keys(tree, findings) {
            *counts.entry(key).or_default() += 1;
        }
        Self { counts }
    }

    /// Written whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let entry = |(key, count): (&Key, &usize)| Entry {
            key: key.clone(),
            count: *count,
        };
        let file = File {
            version: VERSION,
            findings: self.counts.iter().map(entry).collect(),
        };
        let text = serde_json::to_string_pretty(&file).map_err(Failure::new)? + "\n";
        crate::fix::write_whole(path, &text).map_err(|cause| {
            Failure::new(format!(
                "the baseline {} cannot be written: {cause}",
                path.display()
            ))
        })
    }

    /// What of it is still found: never more than it was.
    pub(super) fn shrunk_to(&self, now: &Self) -> Self {
        let kept = |(key, count): (&Key, &usize)| {
            let left = *now.counts.get(key).unwrap_or(&0).min(count);
            (left > 0).then(|| (key.clone(), left))
        };
        Self {
            counts: self.counts.iter().filter_map(kept).collect(),
        }
    }

    /// Takes what it knows out of the findings and says how many that were.
    pub(super) fn subtract(&self, tree: &Tree, findings: &mut Vec<Finding>) -> usize {
        let mut left = self.counts.clone();
        let mut keys = keys(tree, findings).into_iter();
        let before = findings.len();
        findings.retain(|_| {
            let Some(count) = keys.next().and_then(|key| left.get_mut(&key)) else {
                return true;
            };
            let known = *count > 0;
            *count = count.saturating_sub(1);
            !known
        });
        before - findings.len()
    }

    /// What it knows and `now` does not have so often, one line each.
    pub(super) fn gone_from(&self, now: &Self) -> Vec<String> {
        let gone = |(key, count): (&Key, &usize)| {
            let missing = count.saturating_sub(*now.counts.get(key).unwrap_or(&0));
            let item = if key.item.is_empty() {
                String::new()
            } else {
                format!(" in `{}`", key.item)
            };
            (missing > 0).then(|| format!("{}: {}{item}, {missing} fewer", key.file, key.rule))
        };
        self.counts.iter().filter_map(gone).collect()
    }

    pub(super) fn total(&self) -> usize {
        self.counts.values().sum()
    }
}
