//! The lines that a finding is about.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use etiquette_rules::Finding;

/// More lines than this are not shown: the first one says enough.
const MOST_LINES: usize = 6;

/// The texts of the files, each read once.
#[derive(Default)]
pub(super) struct Sources(HashMap<PathBuf, String>);

/// A piece of a file: whole lines.
pub(super) struct Excerpt<'s> {
    pub(super) text: &'s str,
    /// Where it begins in the file, in bytes.
    pub(super) from: usize,
    /// The number of its first line.
    pub(super) line: usize,
    /// The finding in it.
    pub(super) span: Range<usize>,
}

impl Sources {
    pub(super) fn text(&mut self, path: &Path) -> &str {
        self.0
            .entry(path.to_owned())
            .or_insert_with(|| std::fs::read_to_string(path).unwrap_or_default())
    }

    /// `None` where the file has changed under our hands.
    pub(super) fn excerpt(&mut self, finding: &Finding) -> Option<Excerpt<'_>> {
        let text = self.text(&finding.path);
        let range = finding.range();
        text.get(range.clone())?;
        let from = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |length| at + length);
        let lines = finding.end.line.saturating_sub(finding.start.line) + 1;
        let to = if lines > MOST_LINES {
            line_end(range.start)
        } else {
            line_end(range.end)
        };
        Some(Excerpt {
            // A carriage return at the end would be shown as a mark of its own.
            text: text[from..to].strip_suffix('\r').unwrap_or(&text[from..to]),
            from,
            line: finding.start.line,
            span: range.start - from..range.end.min(to) - from,
        })
    }
}
