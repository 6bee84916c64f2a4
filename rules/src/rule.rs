//! What a rule says about itself. The rules themselves are in `rules/`, one file each.

use std::fmt;

use crate::context::Hooks;
use crate::{Level, Preset};

/// One convention: its names, its texts and its levels.
pub struct Rule {
    /// The stable number, as in `ETQ101`; its first digit is the family.
    pub id: &'static str,
    /// The name used in policies, exemptions and messages, as in `blocking_sleep`.
    pub name: &'static str,
    /// One line: what is wrong when the rule fires.
    pub summary: &'static str,
    /// One line: what to write instead.
    pub help: &'static str,
    /// When the same code is not a defect; the rule is silent there, or an exemption is the right answer.
    pub not_a_defect_when: &'static str,
    /// A page in Markdown, with an example to avoid and one to follow.
    pub explain: &'static str,
    /// The level under each preset.
    pub levels: Levels,
    /// What the rule has to know.
    pub needs: Needs,
    /// Whether it applies to tests, benches and examples too, at its `minimal` level.
    pub in_test_code: bool,
    /// Where it looks.
    pub(crate) hooks: Hooks,
}

impl Rule {
    /// The rule of that name: `blocking_fs`, `blocking-fs` and `ETQ102` are the same.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Rule> {
        let wanted = name.replace('-', "_");
        crate::rules::ALL
            .iter()
            .copied()
            .find(|rule| rule.name == wanted || rule.id == name)
    }

    /// Position in [`crate::rules()`], the index of every table of levels.
    pub(crate) fn index(&self) -> usize {
        crate::rules::ALL
            .iter()
            .position(|rule| rule.id == self.id)
            .unwrap_or(0)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What a rule has to know to be sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The tokens of the item.
    Tokens,
    /// The file's imports too.
    Imports,
    /// Types: this engine reports what can be known without them, the attribute's probes the rest.
    Types,
    /// The policy file or the whole tree.
    Policy,
}

/// The level of a rule under each preset.
#[derive(Clone, Copy, Debug)]
pub struct Levels {
    /// `minimal`: what panics, deadlocks or loses data.
    pub minimal: Level,
    /// `server`: a long-running service.
    pub server: Level,
    /// `library`: code that runs in somebody else's program.
    pub library: Level,
    /// `cli`: a program that does its work and ends.
    pub cli: Level,
    /// `strict`: everything that can be right.
    pub strict: Level,
}

impl Levels {
    /// `-`, `w` and `d` for minimal, server, library, cli, strict: a row that can be read at a glance.
    pub(crate) const fn of(row: [char; 5]) -> Self {
        const fn level(letter: char) -> Level {
            match letter {
                'd' => Level::Deny,
                'w' => Level::Warn,
                _ => Level::Off,
            }
        }
        Self {
            minimal: level(row[0]),
            server: level(row[1]),
            library: level(row[2]),
            cli: level(row[3]),
            strict: level(row[4]),
        }
    }

    /// The level under one preset.
    #[must_use]
    pub fn under(&self, preset: Preset) -> Level {
        match preset {
            Preset::Minimal => self.minimal,
            Preset::Server => self.server,
            Preset::Library => self.library,
            Preset::Cli => self.cli,
            Preset::Strict => self.strict,
        }
    }
}
