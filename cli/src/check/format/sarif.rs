//! SARIF 2.1.0: one run, every rule that was found with its page, fingerprints that survive moved lines.

use std::collections::BTreeMap;

use etiquette_rules::{Finding, Level, Position, Rule};
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Invocation, Location, Message,
    MultiformatMessageString, Notification, PhysicalLocation, Region, Replacement, ReportingConfiguration,
    ReportingDescriptor, Result as SarifResult, ResultLevel, Run, Sarif, Tool, ToolComponent, Version,
};

use super::source::Sources;
use crate::check::Checked;
use crate::check::baseline::keys;
use crate::failure::Failure;

/// What relative addresses are relative to.
const ROOT: &str = "%SRCROOT%";

pub(super) fn print(checked: &Checked) -> Result<String, Failure> {
    let mut rules: Vec<&'static Rule> = checked.findings.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    let driver = ToolComponent::builder()
        .name("cargo-etiquette")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>())
        .build();
    let keys = keys(&checked.tree, &checked.findings);
    let mut sources = Sources::default();
    let results: Vec<SarifResult> = checked
        .findings
        .iter()
        .zip(keys)
        .map(|(finding, key)| {
            let index = rules.iter().position(|rule| *rule == finding.rule).unwrap_or(0);
            result(checked, finding, index, &key.fingerprint(), &mut sources)
        })
        .collect();
    let notifications: Vec<Notification> = checked
        .skipped
        .iter()
        .map(|skipped| {
            let place = PhysicalLocation::builder()
                .artifact_location(artifact(&checked.tree.relative(&skipped.path)))
                .build();
            Notification::builder()
                .message(message(&format!("skipped: {}", skipped.reason)))
                .level(serde_json::json!("warning"))
                .locations(vec![Location::builder().physical_location(place).build()])
                .build()
        })
        .collect();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![
            Invocation::builder()
                .execution_successful(true)
                .tool_execution_notifications(notifications)
                .build(),
        ])
        // Columns are counted in characters.
        .column_kind(serde_json::json!("unicodeCodePoints"))
        .results(results)
        .build();
    let log = Sarif::builder()
        .schema("https://json.schemastore.org/sarif-2.1.0.json")
        .version(serde_json::json!(Version::V2_1_0))
        .runs(vec![run])
        .build();
    Ok(serde_json::to_string_pretty(&log).map_err(Failure::new)? + "\n")
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    ReportingDescriptor::builder()
        .id(rule.id)
        .name(rule.name)
        .short_description(markdown(rule.summary))
        .help(markdown(rule.explain))
        .default_configuration(
            ReportingConfiguration::builder()
                .level(serde_json::json!("warning"))
                .build(),
        )
        .build()
}

fn result(
    checked: &Checked,
    finding: &Finding,
    rule: usize,
    fingerprint: &str,
    sources: &mut Sources,
) -> SarifResult {
    let level = match finding.level {
        Level::Deny => ResultLevel::Error,
        _ => ResultLevel::Warning,
    };
    let mut text = finding.message.clone();
    for more in finding
        .notes
        .iter()
        .chain([&finding.help])
        .filter(|more| !more.is_empty())
    {
        text.push('\n');
        text.push_str(more);
    }
    let artifact = artifact(&checked.tree.relative(&finding.path));
    let place = PhysicalLocation::builder()
        .artifact_location(artifact.clone())
        .region(region(finding.start, finding.end))
        .build();
    let fingerprints = BTreeMap::from([("etiquetteFinding/v1".to_owned(), fingerprint.to_owned())]);
    let result = SarifResult::builder()
        .rule_id(finding.rule.id)
        .rule_index(i64::try_from(rule).unwrap_or(-1))
        .level(level)
        .message(message(&text))
        .locations(vec![Location::builder().physical_location(place).build()])
        .partial_fingerprints(fingerprints);
    match fix(finding, artifact, sources) {
        Some(fix) => result.fixes(vec![fix]).build(),
        None => result.build(),
    }
}

/// The edit of a finding, for whoever wants to apply it by hand.
fn fix(finding: &Finding, artifact: ArtifactLocation, sources: &mut Sources) -> Option<Fix> {
    let edit = finding.edit.as_ref()?;
    sources.text(&finding.path).get(edit.range.clone())?;
    let length = i64::try_from(edit.range.len()).ok()?;
    let deleted = Region::builder()
        .byte_offset(i64::try_from(edit.range.start).ok()?)
        .byte_length(length)
        .build();
    let replacement = Replacement::builder()
        .deleted_region(deleted)
        .inserted_content(ArtifactContent::builder().text(edit.replacement.as_str()).build())
        .build();
    let change = ArtifactChange::builder()
        .artifact_location(artifact)
        .replacements(vec![replacement])
        .build();
    Some(
        Fix::builder()
            .description(message(&finding.help))
            .artifact_changes(vec![change])
            .build(),
    )
}

fn region(start: Position, end: Position) -> Region {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .build()
}

fn artifact(path: &str) -> ArtifactLocation {
    ArtifactLocation::builder()
        .uri(uri(path))
        .uri_base_id(ROOT)
        .build()
}

/// A path as part of an address: everything but letters, digits and `-._~/` as `%XX`.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

fn message(text: &str) -> Message {
    Message::builder().text(text).build()
}

fn markdown(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder()
        .text(text)
        .markdown(text)
        .build()
}
