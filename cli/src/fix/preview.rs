//! A change as a unified diff, in color where there is color.

use similar::{ChangeTag, TextDiff};

use crate::text::visible;

/// The difference of two texts with three lines around each change; nothing when they are equal.
pub(crate) fn diff(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut text = String::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if text.is_empty() {
            let old = if before.is_empty() {
                "/dev/null".to_owned()
            } else {
                format!("a/{name}")
            };
            text.push_str(&format!("\x1b[1m--- {old}\n+++ b/{name}\x1b[0m\n"));
        }
        text.push_str(&format!("\x1b[36m{}\x1b[0m\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, color) = match change.tag() {
                ChangeTag::Delete => ('-', "\x1b[31m"),
                ChangeTag::Insert => ('+', "\x1b[32m"),
                ChangeTag::Equal => (' ', ""),
            };
            let line = change.value();
            let shown = visible(line.strip_suffix('\n').unwrap_or(line));
            let end = if color.is_empty() { "" } else { "\x1b[0m" };
            text.push_str(&format!("{color}{sign}{shown}{end}\n"));
            if change.missing_newline() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}
