//! Asks the engine what the item breaks, and what only types can tell.

use super::finding::Finding;
use super::options::is_layer;
use super::policy;
use etiquette_rules::{Engine, Level, Policy, Probe, Rule, TokenFinding};
use proc_macro2::{Ident, Span, TokenStream};
use std::path::{Path, PathBuf};

/// What is to be told and asked, and the files that it rests on.
#[derive(Default)]
pub(super) struct Found {
    pub(super) findings: Vec<Finding>,
    pub(super) probes: Vec<Probe>,
    pub(super) files: Vec<PathBuf>,
}

impl Found {
    /// The policy cannot be read: nothing else is known. The first attribute of the crate says so.
    pub(super) fn mistakes(mistakes: &[String], name: Span) -> Self {
        let told = if policy::speaks() { mistakes } else { &[] };
        let findings = told.iter().map(|mistake| Finding {
            rule: "policy",
            level: Level::Deny,
            at: name,
            text: mistake.clone(),
        });
        Self {
            findings: findings.collect(),
            ..Self::default()
        }
    }
}

/// An item that cannot be parsed has no findings: rustc says why.
pub(super) fn check(engine: &Engine, item: &TokenStream, name: Span, required: &[Ident]) -> Found {
    let files = engine.policy().files().to_vec();
    let source = policy::source();
    if engine.policy().excludes(&source.path) {
        return Found {
            files,
            ..Found::default()
        };
    }
    let checked = engine.check_item(item.clone(), &source).unwrap_or_default();
    let findings = checked
        .findings
        .iter()
        .filter(|found| !is_about_layer(found, required));
    let mut findings: Vec<Finding> = findings.map(|found| Finding::of(found, name)).collect();
    findings.extend(unused_entries(engine.policy(), &source.path, name));
    Found {
        findings,
        probes: checked.probes,
        files,
    }
}

/// What the policy itself shows to be without effect. The rest takes a look at the whole tree.
fn unused_entries(policy: &Policy, file: &Path, name: Span) -> Vec<Finding> {
    let Some(rule) = Rule::find("policy_entry_unused") else {
        return Vec::new();
    };
    let level = policy.level(rule, file, false);
    let unused = policy.unused_by_themselves();
    if level == Level::Off || unused.is_empty() || !policy::speaks() {
        return Vec::new();
    }
    let told = unused.into_iter().map(|entry| {
        let place = entry.place;
        let (path, line) = (place.path.display(), place.start.line);
        Finding {
            rule: rule.name,
            level,
            at: name,
            text: format!("{} ({path}:{line})\nhelp: {}", entry.message, rule.help),
        }
    });
    told.collect()
}

/// `exempt(with_timeout)` is an exemption from `require(with_timeout)`: the engine knows no such rule, and need not.
fn is_about_layer(found: &TokenFinding, required: &[Ident]) -> bool {
    found.rule.name == "stale_exempt"
        && required
            .iter()
            .filter(|layer| is_layer(layer))
            .any(|layer| found.message == format!("no rule is called `{layer}`"))
}
