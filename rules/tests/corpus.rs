//! The corpus: every rule finds exactly what its files mark, nothing more and nothing less.
//!
//! `corpus/<rule>/bad/*.rs` hold mistakes, each line of one ending in `//~ rule_name …` (or marked from the line below
//! by `//~^ rule_name …`); `corpus/<rule>/good/*.rs` hold what looks alike and is fine. All rules of the `server`
//! preset are on, and the folder's own rule. Rule data comes from `corpus/etiquette.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail the test"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use etiquette_rules::{Engine, Level, Needs, Policy, Rule, rules};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Rules that no source text can break: types decide, or the policy file is what is wrong.
fn has_no_corpus(rule: &Rule) -> bool {
    matches!(rule.name, "task_not_send" | "policy_entry_unused")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    files
}

/// Line and rule of every mark.
fn marks(text: &str) -> BTreeSet<(usize, String)> {
    let mut marks = BTreeSet::new();
    for (n, line) in text.lines().enumerate() {
        let Some((_, names)) = line.split_once("//~") else {
            continue;
        };
        let (line, names) = match names.strip_prefix('^') {
            Some(names) => (n, names),
            None => (n + 1, names),
        };
        for name in names.split_whitespace() {
            assert!(
                Rule::find(name).is_some(),
                "line {line} marks an unknown rule `{name}`"
            );
            marks.insert((line, name.to_owned()));
        }
    }
    marks
}

#[test]
fn findings_are_exactly_the_marks() {
    let mut wrong = String::new();
    let mut files_seen = 0;
    for rule in rules() {
        let policy = Policy::load(&corpus().join("etiquette.toml"))
            .unwrap()
            .with_rule(rule, Level::Deny);
        let engine = Engine::new(policy);
        for file in ["bad", "good"]
            .iter()
            .flat_map(|kind| files(&corpus().join(rule.name).join(kind)))
        {
            files_seen += 1;
            let text = std::fs::read_to_string(&file).unwrap();
            let checked = engine.check_source(&file, &text);
            assert!(checked.skipped.is_none(), "{:?}", checked.skipped);
            let found: BTreeSet<(usize, String)> = checked
                .findings
                .iter()
                .map(|finding| (finding.start.line, finding.rule.name.to_owned()))
                .collect();
            let marked = marks(&text);
            for (line, name) in marked.difference(&found) {
                wrong.push_str(&format!(
                    "{}:{line}: `{name}` is marked but not found\n",
                    file.display()
                ));
            }
            for (line, name) in found.difference(&marked) {
                wrong.push_str(&format!(
                    "{}:{line}: `{name}` is found but not marked\n",
                    file.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(
        files_seen > 80,
        "only {files_seen} files: the corpus is not where the test looks"
    );
}

#[test]
fn every_rule_has_bad_and_good_files_and_bad_ones_are_marked() {
    for rule in rules().iter().filter(|rule| !has_no_corpus(rule)) {
        let bad = files(&corpus().join(rule.name).join("bad"));
        let good = files(&corpus().join(rule.name).join("good"));
        assert!(!bad.is_empty(), "{} has no bad file", rule.name);
        assert!(!good.is_empty(), "{} has no good file", rule.name);
        for file in bad {
            let marks = marks(&std::fs::read_to_string(&file).unwrap());
            let own = marks.iter().any(|(_, name)| name == rule.name);
            assert!(own, "{} marks nothing of its own rule", file.display());
        }
    }
}

#[test]
fn every_folder_is_a_rule() {
    for entry in std::fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            assert!(
                Rule::find(&name).is_some_and(|rule| rule.name == name),
                "corpus/{name} belongs to no rule"
            );
        }
    }
}

#[test]
fn texts_are_whole_and_in_house_style() {
    let mut ids = BTreeSet::new();
    for rule in rules() {
        let Rule {
            id,
            name,
            summary,
            help,
            not_a_defect_when,
            explain,
            ..
        } = rule;
        assert!(ids.insert(*id), "{id} is given twice");
        assert!(
            id.strip_prefix("ETQ").is_some_and(|digits| digits.len() == 3),
            "{id}"
        );
        for text in [summary, help, not_a_defect_when] {
            assert!(
                !text.trim().is_empty() && !text.contains('\n') && !text.ends_with('.'),
                "{name}: {text:?}"
            );
            let first = text.chars().next().unwrap();
            assert!(!first.is_uppercase(), "{name}: starts with a capital: {text:?}");
        }
        assert!(
            explain.starts_with(&format!("# {name}")),
            "{name}: the page starts with its name"
        );
        for part in ["## Instead of", "## Write", "## Not a defect when"] {
            let needed = !matches!(rule.needs, Needs::Policy) || part == "## Not a defect when";
            assert!(
                !needed || explain.contains(part),
                "{name}: the page has no `{part}`"
            );
        }
        assert!(explain.contains(id), "{name}: the page does not name {id}");
    }
    assert!(ids.iter().zip(ids.iter().skip(1)).all(|(a, b)| a < b));
}
