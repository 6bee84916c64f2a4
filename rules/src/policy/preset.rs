//! The ready-made policies.

/// A ready-made choice of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Preset {
    /// Only what panics, deadlocks or loses data.
    Minimal,
    /// A long-running service: the default.
    #[default]
    Server,
    /// Code that runs in somebody else's program.
    Library,
    /// A program that does its work and ends: blocking is nobody else's loss.
    Cli,
    /// Everything that is worth a discussion.
    Strict,
}

impl Preset {
    /// Every preset, as a policy file spells it.
    pub const NAMES: [&'static str; 5] = ["minimal", "server", "library", "cli", "strict"];

    /// Reads the spelling of a policy file.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "minimal" => Preset::Minimal,
            "server" => Preset::Server,
            "library" => Preset::Library,
            "cli" => Preset::Cli,
            "strict" => Preset::Strict,
            _ => return None,
        })
    }

    /// The spelling of a policy file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Preset::Minimal => "minimal",
            Preset::Server => "server",
            Preset::Library => "library",
            Preset::Cli => "cli",
            Preset::Strict => "strict",
        }
    }
}
