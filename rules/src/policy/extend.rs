//! Where a crate that ships rule data has its sources, found without running Cargo: a macro asks this too.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{CrateRoots, FILE_NAME};

/// The folder of a crate's sources.
pub(super) fn find_crate(name: &str, from: &Path, known: &CrateRoots) -> Result<PathBuf, String> {
    if let Some(root) = known.get(name) {
        return Ok(root.clone());
    }
    let from = if from.as_os_str().is_empty() {
        Path::new(".")
    } else {
        from
    };
    // Relative folders have no ancestors to search.
    let from = from.canonicalize().unwrap_or_else(|_| from.to_owned());
    for folder in from.ancestors() {
        if let Some(root) = path_dependency(name, folder) {
            return Ok(root);
        }
        let vendored = folder.join("vendor").join(name);
        if vendored.join(FILE_NAME).is_file() {
            return Ok(vendored);
        }
        if let Some(locked) = Locked::of(name, folder) {
            return locked.downloaded(name).ok_or_else(|| {
                let version = locked.version;
                format!("crate `{name}` {version} has no {FILE_NAME} among the downloaded sources")
            });
        }
    }
    Err(format!("crate `{name}` is no dependency of this workspace"))
}

/// A `path = "…"` dependency of the manifest in this folder.
fn path_dependency(name: &str, folder: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let (manifest, _) = DeTable::parse_recoverable(&text);
    let root = manifest.get_ref();
    let workspace = root.iter().find(|(key, _)| key.get_ref().as_ref() == "workspace");
    let workspace = workspace.and_then(|(_, value)| value.get_ref().as_table());
    let tables = [Some(root), workspace];
    for table in tables.into_iter().flatten() {
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let entries = get(table, section).and_then(DeValue::as_table);
            let entry = entries
                .and_then(|entries| get(entries, name))
                .and_then(DeValue::as_table);
            if let Some(path) = entry
                .and_then(|entry| get(entry, "path"))
                .and_then(DeValue::as_str)
            {
                return Some(folder.join(path)).filter(|root| root.join(FILE_NAME).is_file());
            }
        }
    }
    None
}

fn get<'v, 't>(table: &'v DeTable<'t>, name: &str) -> Option<&'v DeValue<'t>> {
    table
        .iter()
        .find(|(key, _)| key.get_ref().as_ref() == name)
        .map(|(_, value)| value.get_ref())
}

/// What a lock file says of a package.
struct Locked {
    version: String,
    /// The commit, of a package out of a git repository.
    commit: Option<String>,
}

impl Locked {
    /// In the lock file of this folder.
    fn of(name: &str, folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(folder.join("Cargo.lock")).ok()?;
        let (lock, _) = DeTable::parse_recoverable(&text);
        let packages = get(lock.get_ref(), "package")?.as_array()?;
        let package = packages
            .iter()
            .filter_map(|package| package.get_ref().as_table())
            .find(|package| get(package, "name").and_then(DeValue::as_str) == Some(name))?;
        let source = get(package, "source").and_then(DeValue::as_str);
        let commit = source.and_then(|source| source.strip_prefix("git+")?.rsplit_once('#'));
        Some(Self {
            version: get(package, "version")?.as_str()?.to_owned(),
            commit: commit.map(|(_, commit)| commit.to_owned()),
        })
    }

    /// Cargo's unpacked copy: of a registry's package, or of a git checkout.
    fn downloaded(&self, name: &str) -> Option<PathBuf> {
        let home = cargo_home()?;
        let candidates: Vec<PathBuf> = match &self.commit {
            None => {
                let unpacked = format!("{name}-{}", self.version);
                let registries = folders(&home.join("registry/src"));
                registries
                    .into_iter()
                    .map(|registry| registry.join(&unpacked))
                    .collect()
            }
            Some(commit) => {
                // Cargo calls a checkout by the first digits of its commit.
                let is_it = |checkout: &PathBuf| {
                    let digits = checkout.file_name().and_then(|digits| digits.to_str());
                    digits.is_some_and(|digits| commit.starts_with(digits))
                };
                let checkouts = folders(&home.join("git/checkouts"))
                    .into_iter()
                    .flat_map(|repository| folders(&repository));
                checkouts
                    .filter(is_it)
                    .flat_map(|checkout| [checkout.join(name), checkout])
                    .collect()
            }
        };
        candidates
            .into_iter()
            .find(|root| root.join(FILE_NAME).is_file() && is_named(root, name))
    }
}

fn is_named(root: &Path, name: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(root.join("Cargo.toml")) else {
        return false;
    };
    let (manifest, _) = DeTable::parse_recoverable(&text);
    let package = get(manifest.get_ref(), "package").and_then(DeValue::as_table);
    package
        .and_then(|package| get(package, "name"))
        .and_then(DeValue::as_str)
        == Some(name)
}

fn cargo_home() -> Option<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || {
        std::env::var_os("HOME")
            .or_else(|| std::env::var_os("USERPROFILE"))
            .map(PathBuf::from)
    };
    set.or_else(|| home().map(|home| home.join(".cargo")))
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(of) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    folders
}
