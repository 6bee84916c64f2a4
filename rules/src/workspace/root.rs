//! Where a workspace begins.

use std::path::{Path, PathBuf};

/// The folder of the workspace that `dir` lies in: the nearest manifest with a `[workspace]`, else the nearest one.
pub(super) fn workspace_root(dir: &Path) -> Option<PathBuf> {
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
