//! A finding before it has a file: it still points at tokens.

use std::ops::Range;
use std::path::Path;

use proc_macro2::{LineColumn, Span};
use quote::ToTokens;

use crate::source::Parsed;
use crate::{Edit, Finding, Level, Position, Rule};

/// What a rule says about one place.
#[derive(Default)]
pub(crate) struct Report {
    /// One line: what is wrong here.
    pub(crate) message: String,
    /// What to write instead; the rule's own help when empty.
    pub(crate) help: String,
    pub(crate) notes: Vec<String>,
    /// Replaces the tokens from the first span to the second.
    pub(crate) edit: Option<(Span, Span, Vec<Part>)>,
    /// A level of its own, for rules whose entries have one each.
    pub(crate) level: Option<Level>,
}

impl Report {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Offers to replace a node.
    pub(crate) fn edit(mut self, node: &impl ToTokens, parts: Vec<Part>) -> Self {
        let (start, end) = ends(node);
        self.edit = Some((start, end, parts));
        self
    }
}

/// A piece of a replacement.
pub(crate) enum Part {
    Text(String),
    /// What stands between these tokens, as it is written.
    Kept(Span, Span),
}

impl Part {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Part::Text(text.into())
    }

    pub(crate) fn kept(node: &impl ToTokens) -> Self {
        let (start, end) = ends(node);
        if node.to_token_stream().is_empty() {
            Part::Text(String::new())
        } else {
            Part::Kept(start, end)
        }
    }
}

/// Where a finding points.
#[derive(Clone)]
pub(crate) enum RawPlace {
    /// The first and the last token.
    Tokens(Span, Span),
    /// A comment, which has no tokens: its bytes and its line.
    Text(Range<usize>, usize),
}

impl RawPlace {
    /// Line (from 1) and column (from 0), the same in a text and inside a macro.
    pub(crate) fn start(&self) -> LineColumn {
        match self {
            RawPlace::Tokens(start, _) => start.start(),
            RawPlace::Text(_, line) => LineColumn {
                line: *line,
                column: 0,
            },
        }
    }
}

/// A finding that points at tokens.
pub(crate) struct Raw {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    pub(crate) place: RawPlace,
    pub(crate) report: Report,
    pub(crate) item: String,
    pub(crate) annotated: bool,
}

impl Raw {
    /// The same finding with its place in a text.
    pub(crate) fn place(self, path: &Path, text: &str, parsed: &Parsed) -> Finding {
        let lines = &parsed.lines;
        let position = |at: LineColumn| -> Position {
            lines.position(text, lines.byte(&parsed.code, at.line, at.column))
        };
        let Raw {
            rule,
            level,
            place,
            report,
            item,
            annotated,
        } = self;
        let (start, end) = match place {
            RawPlace::Tokens(start, end) => (position(start.start()), position(end.end())),
            RawPlace::Text(range, _) => (lines.position(text, range.start), lines.position(text, range.end)),
        };
        let bytes = |start: Span, end: Span| position(start.start()).byte..position(end.end()).byte;
        let edit = report.edit.map(|(start, end, parts)| {
            let replacement = parts.into_iter().map(|part| match part {
                Part::Text(text) => text,
                Part::Kept(start, end) => text.get(bytes(start, end)).unwrap_or_default().to_owned(),
            });
            Edit {
                range: bytes(start, end),
                replacement: replacement.collect(),
            }
        });
        Finding {
            rule,
            level,
            path: path.to_owned(),
            start,
            end,
            message: report.message,
            help: if report.help.is_empty() {
                rule.help.to_owned()
            } else {
                report.help
            },
            notes: report.notes,
            item,
            edit,
            annotated,
        }
    }
}

/// The first and the last token of a node: joining spans is not possible on stable inside a macro.
pub(crate) fn ends(node: &impl ToTokens) -> (Span, Span) {
    let mut tokens = node.to_token_stream().into_iter();
    let Some(first) = tokens.next() else {
        return (Span::call_site(), Span::call_site());
    };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    let start = match &first {
        proc_macro2::TokenTree::Group(group) => group.span_open(),
        other => other.span(),
    };
    let end = match &last {
        proc_macro2::TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    };
    (start, end)
}
