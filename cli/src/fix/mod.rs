//! `fix`: makes the edits that findings come with. Shown first; a file is written whole or not at all.

mod edits;
mod preview;
mod write;

pub(crate) use preview::diff;
pub(crate) use write::write_whole;

use std::collections::BTreeMap;
use std::path::PathBuf;

use etiquette_rules::Finding;

use crate::args::FixArgs;
use crate::check::look;
use crate::failure::Failure;
use crate::git::{Kept, kept};
use crate::report::Report;
use crate::text::{count, visible};
use crate::tree::Tree;
use edits::{Fixed, apply};

pub(crate) fn run(args: &FixArgs) -> Result<Report, Failure> {
    let checked = look(Tree::find(&args.tree, None)?)?;
    let mut by_file: BTreeMap<PathBuf, Vec<&Finding>> = BTreeMap::new();
    for finding in &checked.findings {
        if finding.edit.is_some() {
            by_file.entry(finding.path.clone()).or_default().push(finding);
        }
    }
    let mut changes = Vec::new();
    for (path, findings) in by_file {
        let name = visible(&checked.tree.relative(&path));
        let before = std::fs::read_to_string(&path)
            .map_err(|cause| Failure::new(format!("{name} cannot be read: {cause}")))?;
        let fixed = apply(&before, &findings).map_err(|what| {
            Failure::new(format!("{name}: {what}"))
                .help("nothing was written; please report the finding and its code as a bug")
        })?;
        changes.push(Change {
            path,
            name,
            before,
            fixed,
        });
    }
    if args.apply {
        refuse_unsaved(&changes, args)?;
    }
    let mut report = Report::default();
    for change in &changes {
        report
            .stdout
            .push_str(&diff(&change.name, &change.before, &change.fixed.text));
    }
    if args.apply {
        let texts = changes
            .iter()
            .map(|change| (change.path.as_path(), change.fixed.text.as_str()));
        write::write_all(texts)?;
    }
    report.stderr = summary(&changes, checked.findings.len(), args.apply);
    Ok(report)
}

/// What becomes of one file.
struct Change {
    path: PathBuf,
    name: String,
    before: String,
    fixed: Fixed,
}

/// Every file has to be as git keeps it: a change that nobody can take back is not made.
fn refuse_unsaved(changes: &[Change], args: &FixArgs) -> Result<(), Failure> {
    let mut dirty = Vec::new();
    let mut unknown = Vec::new();
    for change in changes {
        match kept(&change.path) {
            Kept::Dirty if !args.allow_dirty => dirty.push(change.name.as_str()),
            Kept::Not if !args.allow_no_vcs => unknown.push(change.name.as_str()),
            _ => {}
        }
    }
    if !dirty.is_empty() {
        return Err(Failure::new(format!("not committed: {}", dirty.join(", ")))
            .help("commit the changes first, or give `--allow-dirty`"));
    }
    if !unknown.is_empty() {
        return Err(Failure::new(format!("not kept by git: {}", unknown.join(", ")))
            .help("commit the files first, or give `--allow-no-vcs`"));
    }
    Ok(())
}

fn summary(changes: &[Change], findings: usize, applied: bool) -> String {
    let edits: usize = changes.iter().map(|change| change.fixed.edits).sum();
    let later: usize = changes.iter().map(|change| change.fixed.left).sum();
    let mut text = match (edits, applied) {
        (0, _) => format!("nothing to fix: {} without an edit\n", count(findings, "finding")),
        (_, true) => format!(
            "made {} in {}; read them, then compile\n",
            count(edits, "edit"),
            count(changes.len(), "file")
        ),
        (_, false) => format!(
            "{} in {}, none made yet: `cargo etiquette fix --apply` makes them\n",
            count(edits, "edit"),
            count(changes.len(), "file")
        ),
    };
    if later > 0 {
        text.push_str(&format!(
            "{} inside another: run it again afterwards\n",
            count(later, "edit")
        ));
    }
    text
}
