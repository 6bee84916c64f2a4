//! Cargo's messages, one JSON object a line: what editors and review bots read from `cargo check` they read here.

use annotate_snippets::Renderer;
use etiquette_rules::{Edit, Finding, Level, Position};
use serde_json::{Value, json};

use super::human;
use super::source::Sources;
use crate::check::Checked;
use crate::failure::Failure;
use crate::tree::relative;

pub(super) fn print(checked: &Checked) -> Result<String, Failure> {
    let mut sources = Sources::default();
    let mut lines = Vec::new();
    for finding in &checked.findings {
        lines.push(message(
            checked,
            finding.path.as_path(),
            diagnostic(checked, finding, &mut sources),
        ));
    }
    for skipped in &checked.skipped {
        let text = format!(
            "skipped {}: {}",
            checked.tree.relative(&skipped.path),
            skipped.reason
        );
        let diagnostic = json!({
            "message": text, "code": null, "level": "warning", "spans": [], "children": [],
            "rendered": format!("warning: {text}\n"), "$message_type": "diagnostic",
        });
        lines.push(message(checked, &skipped.path, diagnostic));
    }
    lines.push(json!({ "reason": "build-finished", "success": !checked.has_denied() }));
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(&line).map_err(Failure::new)?);
        text.push('\n');
    }
    Ok(text)
}

/// The envelope that cargo puts around a diagnostic. Which target a file belongs to is not looked up: it is named for
/// its folder.
fn message(checked: &Checked, file: &std::path::Path, diagnostic: Value) -> Value {
    let root = checked.tree.root();
    let package = file
        .ancestors()
        .skip(1)
        .find(|folder| folder.join("Cargo.toml").is_file())
        .unwrap_or(root);
    let name = package
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    json!({
        "reason": "compiler-message",
        "package_id": format!("path+file://{}", package.display()),
        "manifest_path": package.join("Cargo.toml"),
        "target": {
            "kind": ["lib"], "crate_types": ["lib"], "name": name, "src_path": file, "edition": "2024",
            "doc": false, "doctest": false, "test": false,
        },
        "message": diagnostic,
    })
}

fn diagnostic(checked: &Checked, finding: &Finding, sources: &mut Sources) -> Value {
    let rendered = human::one(checked, finding, sources, &Renderer::plain()) + "\n";
    let text = sources.text(&finding.path);
    let file = relative(checked.tree.root(), &finding.path);
    let place = span(&file, text, finding.start, finding.end, None);
    let mut children: Vec<Value> = finding
        .notes
        .iter()
        .map(|note| child("note", note, vec![]))
        .collect();
    let suggested = finding.edit.as_ref().map(|edit| {
        let (start, end) = (position(text, edit.range.start), position(text, edit.range.end));
        span(&file, text, start, end, Some(edit))
    });
    if !finding.help.is_empty() {
        children.push(child("help", &finding.help, suggested.into_iter().collect()));
    }
    json!({
        "message": finding.message,
        "code": { "code": finding.rule.name, "explanation": finding.rule.explain },
        "level": match finding.level { Level::Deny => "error", _ => "warning" },
        "spans": [place],
        "children": children,
        "rendered": rendered,
        "$message_type": "diagnostic",
    })
}

fn child(level: &str, message: &str, spans: Vec<Value>) -> Value {
    json!({ "message": message, "code": null, "level": level, "spans": spans, "children": [], "rendered": null })
}

fn span(file: &str, text: &str, start: Position, end: Position, edit: Option<&Edit>) -> Value {
    json!({
        "file_name": file,
        "byte_start": start.byte, "byte_end": end.byte,
        "line_start": start.line, "line_end": end.line,
        "column_start": start.column, "column_end": end.column,
        "is_primary": true,
        "text": lines(text, start, end),
        "label": null,
        "suggested_replacement": edit.map(|edit| &edit.replacement),
        "suggestion_applicability": edit.map(|_| "MaybeIncorrect"),
        "expansion": null,
    })
}

/// The lines of a span, and which of their columns belong to it.
fn lines(text: &str, start: Position, end: Position) -> Vec<Value> {
    let numbered = text.lines().enumerate().skip(start.line.saturating_sub(1));
    numbered
        .take_while(|(at, _)| *at < end.line)
        .map(|(at, line)| {
            let from = if at + 1 == start.line { start.column } else { 1 };
            let to = if at + 1 == end.line {
                end.column
            } else {
                line.chars().count() + 1
            };
            json!({ "text": line, "highlight_start": from, "highlight_end": to })
        })
        .collect()
}

fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..byte).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        byte,
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}
