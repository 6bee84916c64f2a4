//! What the engine hands back: findings, their places, and what they say to a reader.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::{Level, Rule};

/// A place in a source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Bytes from the start of the text.
    pub byte: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One broken convention.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which convention.
    pub rule: &'static Rule,
    /// What the policy makes of it here; never [`Level::Off`].
    pub level: Level,
    /// The file, as it was given to the engine.
    pub path: PathBuf,
    /// Where the offending code starts.
    pub start: Position,
    /// Where the offending code ends (exclusive).
    pub end: Position,
    /// One line: what is wrong here.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Further facts: the team's own reason, what the finding rests on.
    pub notes: Vec<String>,
    /// The item it is in, as in `Server::run`; empty at the top of a file.
    pub item: String,
    /// A replacement that a reader still has to look at.
    pub edit: Option<Edit>,
    /// Whether the item carries an etiquette attribute, so that the compiler reports this too.
    pub annotated: bool,
}

impl Finding {
    /// The byte range of the offending code.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start.byte..self.end.byte
    }
}

/// `deny[blocking_fs] src/a.rs:3:9: message`, then the help on its own line.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rule,
            level,
            path,
            start,
            message,
            help,
            notes,
            ..
        } = self;
        write!(
            f,
            "{level}[{}] {}:{}:{}: {message}",
            rule.name,
            path.display(),
            start.line,
            start.column
        )?;
        for note in notes {
            write!(f, "\n  note: {note}")?;
        }
        if !help.is_empty() {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// A change of the source text that follows a finding's help. It may be wrong, so it is shown before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A file that was not checked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// One line without the path, as in `is not UTF-8`.
    pub reason: String,
}

impl Skipped {
    pub(crate) fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "skipped {}: {}", self.path.display(), self.reason)
    }
}
