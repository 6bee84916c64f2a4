//! `check`: what breaks the policy, as far as it was asked for.

mod baseline;
mod format;

use std::collections::HashSet;
use std::path::PathBuf;

use clap::ColorChoice;
use etiquette_rules::{Finding, Level, Skipped};

use crate::args::{CheckArgs, Format};
use crate::failure::Failure;
use crate::git::Changes;
use crate::progress::bar;
use crate::report::Report;
use crate::text::count;
use crate::tree::Tree;
use baseline::Baseline;

/// What a check has to show.
pub(crate) struct Checked {
    pub(crate) tree: Tree,
    pub(crate) findings: Vec<Finding>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) files: usize,
    pub(crate) exempted: usize,
    /// Findings that the baseline knows.
    known: usize,
    /// What the baseline knows and nobody finds any more, one line each.
    gone: Vec<String>,
}

impl Checked {
    fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    pub(crate) fn has_denied(&self) -> bool {
        self.count(Level::Deny) > 0
    }
}

pub(crate) fn run(args: &CheckArgs, color: ColorChoice) -> Result<Report, Failure> {
    let tree = Tree::find(&args.tree, args.preset)?;
    let changes = args
        .since
        .as_deref()
        .map(|rev| Changes::since(tree.root(), rev))
        .transpose()?;
    let tree = match &changes {
        Some(changes) => tree.only(changes.files().cloned()),
        None => tree,
    };
    let mut checked = look(tree)?;
    if let Some(changes) = &changes {
        checked
            .findings
            .retain(|finding| changes.touches(&finding.path, finding.start.line..=finding.end.line));
        let files: HashSet<&PathBuf> = changes.files().collect();
        checked.skipped.retain(|skipped| files.contains(&skipped.path));
    }
    let whole = changes.is_none() && args.tree.package.is_empty();
    let mut written = None;
    if let Some(path) = &args.baseline {
        written = apply_baseline(path, args.write_baseline, whole, &mut checked)?;
    }
    let mut report = Report {
        stdout: format::print(args.format, &checked, color)?,
        stderr: String::new(),
        found: checked.has_denied() || !checked.gone.is_empty(),
    };
    let remarks = remarks(&checked, written.as_deref());
    match args.format {
        Format::Human => report.stdout.push_str(&remarks),
        _ => report.stderr = remarks,
    }
    Ok(report)
}

/// Everything that the engine finds in the part of the tree that was asked for.
pub(crate) fn look(tree: Tree) -> Result<Checked, Failure> {
    let bar = bar("Checking");
    let found = tree.walk.run_with(&|done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    if !found.problems.is_empty() {
        return Err(Failure::policy(&found.problems));
    }
    let mut checked = Checked {
        findings: found.findings,
        skipped: found.skipped,
        files: found.files,
        exempted: found.exempted,
        known: 0,
        gone: Vec::new(),
        tree,
    };
    let tree = &checked.tree;
    checked.findings.retain(|finding| tree.covers(&finding.path));
    checked.skipped.retain(|skipped| tree.covers(&skipped.path));
    Ok(checked)
}

/// Takes what the baseline knows out of the findings; with `write`, writes what it should know from now on.
fn apply_baseline(
    path: &std::path::Path,
    write: bool,
    whole: bool,
    checked: &mut Checked,
) -> Result<Option<String>, Failure> {
    let stored = Baseline::read(path)?;
    let now = Baseline::of(&checked.tree, &checked.findings);
    if write {
        let next = match &stored {
            None => now.clone(),
            Some(stored) => stored.shrunk_to(&now),
        };
        next.write(path)?;
        checked.known = next.subtract(&checked.tree, &mut checked.findings);
        return Ok(Some(format!(
            "wrote {}: {}",
            path.display(),
            count(next.total(), "finding")
        )));
    }
    let Some(stored) = stored else {
        return Err(
            Failure::new(format!("the baseline {} is not there", path.display()))
                .help("`--write-baseline` makes it of what is found now"),
        );
    };
    checked.known = stored.subtract(&checked.tree, &mut checked.findings);
    if whole {
        checked.gone = stored.gone_from(&now);
    }
    Ok(None)
}

/// What was not checked, what the baseline is about, and the totals.
fn remarks(checked: &Checked, written: Option<&str>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for skipped in &checked.skipped {
        let path = crate::text::visible(&checked.tree.relative(&skipped.path));
        lines.push(format!(
            "skipped {path}: {}",
            crate::text::visible(&skipped.reason)
        ));
    }
    if !checked.gone.is_empty() {
        lines.push("the baseline may only shrink, and this is no longer found:".to_owned());
        lines.extend(checked.gone.iter().map(|gone| format!("  {gone}")));
        lines.push("  help: run again with `--write-baseline` and keep the smaller file".to_owned());
    }
    lines.extend(written.map(str::to_owned));
    let mut totals = vec![
        format!("{} denied", checked.count(Level::Deny)),
        format!("{} warned", checked.count(Level::Warn)),
    ];
    for (n, what) in [(checked.exempted, "exempted"), (checked.known, "in the baseline")] {
        if n > 0 {
            totals.push(format!("{n} {what}"));
        }
    }
    let skipped = match checked.skipped.len() {
        0 => String::new(),
        n => format!(", {n} skipped"),
    };
    lines.push(format!(
        "{} in {}{skipped}",
        totals.join(", "),
        count(checked.files, "file")
    ));
    lines.join("\n") + "\n"
}
