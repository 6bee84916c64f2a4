//! `[[scope]]`: other levels for some paths.

use std::path::{Component, Path, PathBuf};

use super::{Placed, Preset, Setting};

/// One `[[scope]]` of a policy file.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The folder of the file that says it.
    pub(crate) root: PathBuf,
    pub(crate) paths: Vec<Placed<String>>,
    pub(crate) preset: Option<Preset>,
    pub(crate) rules: Vec<Setting>,
    /// The preset of test code here; `Some(None)` for `off`.
    pub(crate) tests: Option<Option<Preset>>,
}

impl Scope {
    pub(crate) fn covers(&self, path: &Path) -> bool {
        let relative = relative(&self.root, path);
        self.paths
            .iter()
            .any(|glob| fast_glob::glob_match(&glob.value, &relative))
    }
}

/// The path as a policy file spells it: from the file's folder, with `/`.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let mut text = String::new();
    for part in inner.components() {
        if let Component::Normal(name) = part {
            if !text.is_empty() {
                text.push('/');
            }
            text.push_str(&name.to_string_lossy());
        }
    }
    text
}
