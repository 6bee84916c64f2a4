//! How much a finding matters.

use std::fmt;

/// What a policy asks of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The rule is not applied.
    #[default]
    Off,
    /// Reported; the run still passes.
    Warn,
    /// Reported; the run fails.
    Deny,
}

impl Level {
    /// Every level, as a policy file spells them.
    pub const NAMES: [&'static str; 3] = ["off", "warn", "deny"];

    /// Reads the spelling of a policy file.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Level::Off),
            "warn" => Some(Level::Warn),
            "deny" => Some(Level::Deny),
            _ => None,
        }
    }

    /// The spelling of a policy file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
