//! From a text and the edits of its findings to the new text, checked before anybody writes it.

use etiquette_rules::Finding;

/// A text with its edits made.
pub(super) struct Fixed {
    pub(super) text: String,
    /// How many were made.
    pub(super) edits: usize,
    /// How many lie inside one that was made.
    pub(super) left: usize,
}

/// Makes every edit that does not overlap an earlier one.
pub(super) fn apply(text: &str, findings: &[&Finding]) -> Result<Fixed, String> {
    let mut edits: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding.edit.as_ref())
        .collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits.dedup();
    let mut fixed = Fixed {
        text: String::with_capacity(text.len()),
        edits: 0,
        left: 0,
    };
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            fixed.left += 1;
            continue;
        }
        let (Some(before), Some(_)) = (text.get(at..edit.range.start), text.get(edit.range.clone())) else {
            return Err("an edit does not fit the text; it has changed meanwhile".to_owned());
        };
        fixed.text.push_str(before);
        fixed.text.push_str(&edit.replacement);
        fixed.edits += 1;
        at = edit.range.end;
    }
    fixed.text.push_str(text.get(at..).unwrap_or_default());
    match syn::parse_file(&fixed.text) {
        Ok(_) => Ok(fixed),
        Err(cause) => Err(format!("the edits would leave code that does not parse: {cause}")),
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use etiquette_rules::{Edit, Policy, Preset, check_source};
    use std::path::Path;

    const TEXT: &str = "async fn f() { std::thread::sleep(d()); std::thread::sleep(d()); }";

    fn findings(edits: &[(&str, &str)]) -> Vec<etiquette_rules::Finding> {
        let found = check_source(Path::new("src/f.rs"), TEXT, &Policy::with_preset(Preset::Server));
        let mut findings = Vec::new();
        for (old, new) in edits {
            let start = TEXT.find(old).unwrap();
            let mut finding = found[0].clone();
            finding.edit = Some(Edit {
                range: start..start + old.len(),
                replacement: (*new).to_owned(),
            });
            findings.push(finding);
        }
        findings
    }

    fn applied(edits: &[(&str, &str)]) -> Result<(String, usize, usize), String> {
        let findings = findings(edits);
        let fixed = apply(TEXT, &findings.iter().collect::<Vec<_>>())?;
        Ok((fixed.text, fixed.edits, fixed.left))
    }

    #[test]
    fn edits_are_made_in_order_and_an_inner_one_waits() {
        let made = applied(&[
            ("d()", "e()"),
            ("async fn f() { std::thread::sleep(d());", "async fn f() { g();"),
        ]);
        assert_eq!(
            made.unwrap(),
            ("async fn f() { g(); std::thread::sleep(d()); }".to_owned(), 1, 1)
        );
    }

    #[test]
    fn what_would_not_parse_is_refused() {
        assert!(applied(&[("d()", "(")]).unwrap_err().contains("does not parse"));
    }
}
