//! Workflow commands: `::error file=…,line=…::message`, which GitHub shows on the lines of a pull request.

use etiquette_rules::Level;

use crate::check::Checked;

pub(super) fn print(checked: &Checked) -> String {
    let mut text = String::new();
    for finding in &checked.findings {
        let command = match finding.level {
            Level::Deny => "error",
            _ => "warning",
        };
        let path = property(&checked.tree.relative(&finding.path));
        let (start, end) = (finding.start, finding.end);
        // Columns have a meaning only within one line.
        let columns = match start.line == end.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        let mut message = finding.message.clone();
        for more in finding
            .notes
            .iter()
            .chain([&finding.help])
            .filter(|more| !more.is_empty())
        {
            message.push('\n');
            message.push_str(more);
        }
        text.push_str(&format!(
            "::{command} file={path},line={},endLine={}{columns},title={}::{}\n",
            start.line,
            end.line,
            finding.rule.name,
            data(&message)
        ));
    }
    for skipped in &checked.skipped {
        let path = property(&checked.tree.relative(&skipped.path));
        text.push_str(&format!(
            "::warning file={path}::skipped: {}\n",
            data(&skipped.reason)
        ));
    }
    text
}

/// What would end a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What would end one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
