//! What git knows: which lines are new since a revision, which files have uncommitted changes.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::failure::Failure;

/// The lines of each file that are new or different; a whole new file has no entry of its own but is in `added`.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    lines: HashMap<PathBuf, Vec<RangeInclusive<usize>>>,
    added: HashSet<PathBuf>,
}

impl Changes {
    /// What is different in the work tree since that revision.
    pub(crate) fn since(root: &Path, rev: &str) -> Result<Self, Failure> {
        let commit = format!("{rev}^{{commit}}");
        let found = git(
            root,
            ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit],
        )?;
        if !found.status.success() {
            let inside = git(root, ["rev-parse", "--is-inside-work-tree"])?
                .status
                .success();
            return Err(if inside {
                Failure::new(format!("`--since {rev}`: git knows no such revision"))
                    .help("name a commit, a branch or a tag, as in `--since origin/main`; a shallow clone has few of them")
            } else {
                Failure::new(format!(
                    "`--since` needs git, and {} is in no git work tree",
                    root.display()
                ))
                .help("leave `--since` out")
            });
        }
        let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let diff = git(
            root,
            [
                "-c",
                "core.quotePath=false",
                "diff",
                "--unified=0",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--no-renames",
                "--relative",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                &commit,
                "--",
            ],
        )?;
        let new = git(root, ["ls-files", "-z", "--others", "--exclude-standard"])?;
        for output in [&diff, &new] {
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                return Err(Failure::new(format!("git cannot tell what has changed: {said}")));
            }
        }
        Ok(Self {
            lines: parse_diff(root, &String::from_utf8_lossy(&diff.stdout)),
            added: paths(root, &new.stdout),
        })
    }

    /// The files that have any.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.lines.keys().chain(&self.added)
    }

    /// Whether any of these lines is new.
    pub(crate) fn touches(&self, file: &Path, lines: RangeInclusive<usize>) -> bool {
        self.added.contains(file)
            || self.lines.get(file).is_some_and(|changed| {
                let meets = |range: &RangeInclusive<usize>| {
                    range.start() <= lines.end() && lines.start() <= range.end()
                };
                changed.iter().any(meets)
            })
    }
}

/// From a diff without context lines: `+++ b/FILE`, then `@@ -a,b +START,COUNT @@` for each change.
fn parse_diff(root: &Path, diff: &str) -> HashMap<PathBuf, Vec<RangeInclusive<usize>>> {
    let mut lines: HashMap<PathBuf, Vec<RangeInclusive<usize>>> = HashMap::new();
    let mut file = None;
    // Lines of the hunk that are content, whatever they look like.
    let mut content = 0usize;
    for line in diff.lines() {
        if content > 0 && line.starts_with(['+', '-']) {
            content -= 1;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            let name = name.strip_suffix('\t').unwrap_or(name);
            file = unquoted(name).strip_prefix("b/").map(|name| root.join(name));
        } else if let Some(hunk) = line.strip_prefix("@@ -") {
            let Some((old, rest)) = hunk.split_once(" +") else {
                continue;
            };
            let (_, removed) = range(old);
            let (start, added) = range(rest.split(" @@").next().unwrap_or_default());
            content = removed + added;
            if let (Some(file), true) = (&file, added > 0) {
                lines
                    .entry(file.clone())
                    .or_default()
                    .push(start..=start + added - 1);
            }
        }
    }
    lines
}

/// A name as it is, where git has put it in quotes: `"b/a\\tb.rs"`.
fn unquoted(name: &str) -> String {
    let Some(inner) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let byte = match (first, after) {
            (
                b'\\',
                [
                    high @ b'0'..=b'3',
                    middle @ b'0'..=b'7',
                    low @ b'0'..=b'7',
                    after @ ..,
                ],
            ) => {
                rest = after;
                (high - b'0') << 6 | (middle - b'0') << 3 | (low - b'0')
            }
            (b'\\', [letter, after @ ..]) => {
                rest = after;
                match letter {
                    b'a' => 0x07,
                    b'b' => 0x08,
                    b't' => b'\t',
                    b'n' => b'\n',
                    b'v' => 0x0b,
                    b'f' => 0x0c,
                    b'r' => b'\r',
                    other => *other,
                }
            }
            _ => *first,
        };
        bytes.push(byte);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `12,3` is three lines from 12, `12` is one.
fn range(text: &str) -> (usize, usize) {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    (start.parse().unwrap_or(0), count.parse().unwrap_or(0))
}

/// How git keeps a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// As it is in the last commit.
    Clean,
    /// With changes that are not committed.
    Dirty,
    /// Not at all.
    Not,
}

/// How git keeps that file; without git, not at all.
pub(crate) fn kept(file: &Path) -> Kept {
    let folder = file.parent().unwrap_or(Path::new("."));
    let arg = file.as_os_str();
    let tracked = git(
        folder,
        [
            OsStr::new("ls-files"),
            OsStr::new("--error-unmatch"),
            OsStr::new("--"),
            arg,
        ],
    );
    if !tracked.is_ok_and(|output| output.status.success()) {
        return Kept::Not;
    }
    match git(
        folder,
        [
            OsStr::new("status"),
            OsStr::new("--porcelain"),
            OsStr::new("--"),
            arg,
        ],
    ) {
        Ok(output) if output.status.success() && output.stdout.is_empty() => Kept::Clean,
        _ => Kept::Dirty,
    }
}

fn git<A: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = A>) -> Result<Output, Failure> {
    Command::new("git")
        .arg("-C")
        .arg(folder)
        // Paths are names, not patterns.
        .arg("--literal-pathspecs")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| Failure::new(format!("git cannot be run: {cause}")).help("install git"))
}

fn paths(root: &Path, listed: &[u8]) -> HashSet<PathBuf> {
    listed
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| root.join(String::from_utf8_lossy(name).as_ref()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{parse_diff, unquoted};
    use std::path::{Path, PathBuf};

    #[test]
    fn hunks_become_the_lines_of_the_new_file() {
        let diff = "diff --git a/a.rs b/a.rs\n--- a/a.rs\n+++ b/a.rs\n@@ -1,0 +2,3 @@ fn f()\n+x\n+++ b/not_a_file.rs\n+z\n\
                    @@ -9,2 +12 @@\n-a\n-b\n+c\n@@ -20,1 +22,0 @@\n-gone\n\
                    diff --git a/g b/g\n--- a/g\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        let lines = parse_diff(Path::new("/t"), diff);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[&PathBuf::from("/t/a.rs")], [2..=4, 12..=12]);
    }
    #[test]
    fn names_in_quotes_are_read() {
        assert_eq!(unquoted("b/a b.rs"), "b/a b.rs");
        assert_eq!(unquoted(r#""b/a\tb\"c\\d\303\266.rs""#), "b/a\tb\"c\\dö.rs");
    }
}
