//! As the compiler shows it: the rule, the code, notes and help.

use annotate_snippets::{AnnotationKind, Element, Group, Level as Mark, Patch, Renderer, Snippet};
use etiquette_rules::{Finding, Level};

use super::source::Sources;
use crate::check::Checked;
use crate::text::visible;

pub(super) fn print(checked: &Checked, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut sources = Sources::default();
    let mut text = String::new();
    for finding in &checked.findings {
        text.push_str(&one(checked, finding, &mut sources, &renderer));
        text.push_str("\n\n");
    }
    text
}

/// One finding, as `human` and the `rendered` of `json` show it.
pub(super) fn one(
    checked: &Checked,
    finding: &Finding,
    sources: &mut Sources,
    renderer: &Renderer,
) -> String {
    let mark = match finding.level {
        Level::Deny => Mark::ERROR,
        _ => Mark::WARNING,
    };
    let path = visible(&checked.tree.relative(&finding.path));
    let explain = format!("`cargo etiquette explain {}` says more", finding.rule.name);
    let excerpt = sources.excerpt(finding);
    let edit = excerpt.as_ref().and_then(|excerpt| {
        let edit = finding.edit.as_ref()?;
        let range = edit.range.start.checked_sub(excerpt.from)?..edit.range.end - excerpt.from;
        (range.end <= excerpt.text.len()).then(|| Patch::new(range, edit.replacement.as_str()))
    });

    let place: Element<'_> = match &excerpt {
        Some(excerpt) => Snippet::source(excerpt.text)
            .path(path.clone())
            .line_start(excerpt.line)
            .annotation(AnnotationKind::Primary.span(excerpt.span.clone()))
            .into(),
        None => annotate_snippets::Origin::path(path.clone())
            .line(finding.start.line)
            .into(),
    };
    let mut first = mark
        .primary_title(finding.message.as_str())
        .id(finding.rule.name)
        .element(place);
    for note in &finding.notes {
        first = first.element(Mark::NOTE.message(note.as_str()));
    }
    let help = (!finding.help.is_empty()).then_some(finding.help.as_str());
    let mut groups = Vec::new();
    match (edit, &excerpt, help) {
        (Some(edit), Some(excerpt), Some(help)) => {
            first = first.element(Mark::NOTE.message(explain.as_str()));
            let snippet = Snippet::source(excerpt.text)
                .path(path.clone())
                .line_start(excerpt.line)
                .patch(edit);
            groups.push(Group::with_title(Mark::HELP.secondary_title(help)).element(snippet));
        }
        (_, _, help) => {
            if let Some(help) = help {
                first = first.element(Mark::HELP.message(help));
            }
            first = first.element(Mark::NOTE.message(explain.as_str()));
        }
    }
    groups.insert(0, first);
    renderer.render(&groups)
}
