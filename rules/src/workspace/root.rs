//! Where a workspace begins.

use std::path::{Path, PathBuf};

/// The folder of the workspace that `dir` lies in: the nearest one whose Cargo.toml has a `[workspace]`, else the
/// nearest one with a Cargo.toml; none when there is none upwards from `dir`.
#[must_use]
pub fn workspace_root(dir: &Path) -> Option<PathBuf> {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let manifests = || {
        dir.ancestors()
            .filter(|folder| folder.join("Cargo.toml").is_file())
    };
    let has_members = |folder: &&Path| {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        text.lines()
            .any(|line| line.trim_start().starts_with("[workspace"))
    };
    manifests()
        .find(has_members)
        .or_else(|| manifests().next())
        .map(Path::to_owned)
}
