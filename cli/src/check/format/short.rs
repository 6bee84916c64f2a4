//! One line for each finding: `file:line:column: level[rule]: message`.

use crate::check::Checked;
use crate::text::visible;

pub(super) fn print(checked: &Checked) -> String {
    let mut text = String::new();
    for finding in &checked.findings {
        let path = checked.tree.relative(&finding.path);
        text.push_str(&visible(&format!(
            "{path}:{}:{}: {}[{}]: {}",
            finding.start.line, finding.start.column, finding.level, finding.rule.name, finding.message
        )));
        text.push('\n');
    }
    text
}
