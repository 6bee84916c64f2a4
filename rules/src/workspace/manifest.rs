//! What the manifests of a tree say about crates: which names are renamed packages, and which crates exist at all.

use std::collections::{HashMap, HashSet};

use toml::de::{DeTable, DeValue};

/// The crates of a tree.
#[derive(Debug, Default)]
pub(super) struct Crates {
    renamed: HashMap<String, Option<String>>,
    known: HashSet<String>,
}

impl Crates {
    /// Adds what one `Cargo.toml` says; a manifest that cannot be read says nothing.
    pub(super) fn manifest(&mut self, text: &str) {
        let (manifest, _) = DeTable::parse_recoverable(text);
        self.table(manifest.get_ref());
    }

    /// Adds the packages of a `Cargo.lock`.
    pub(super) fn lock(&mut self, text: &str) {
        let (lock, _) = DeTable::parse_recoverable(text);
        let packages = get(lock.get_ref(), "package").and_then(DeValue::as_array);
        for package in packages.into_iter().flat_map(|packages| packages.iter()) {
            let name = package
                .get_ref()
                .as_table()
                .and_then(|package| get(package, "name"))
                .and_then(DeValue::as_str);
            self.known.extend(name.map(in_code));
        }
    }

    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let Some(inner) = value.get_ref().as_table() else {
                continue;
            };
            match key.get_ref().as_ref() {
                "dependencies" | "dev-dependencies" | "build-dependencies" => self.dependencies(inner),
                "package" => {
                    let name = get(inner, "name").and_then(DeValue::as_str);
                    self.known.extend(name.map(in_code));
                }
                "workspace" => self.table(inner),
                "target" => {
                    let targets = inner.iter().filter_map(|(_, value)| value.get_ref().as_table());
                    targets.for_each(|target| self.table(target));
                }
                _ => {}
            }
        }
    }

    fn dependencies(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = in_code(key.get_ref());
            let package = value
                .get_ref()
                .as_table()
                .and_then(|entry| get(entry, "package"))
                .and_then(DeValue::as_str);
            self.known.insert(name.clone());
            let Some(package) = package.map(in_code).filter(|package| *package != name) else {
                continue;
            };
            self.known.insert(package.clone());
            // One name for two packages in two manifests: nobody can tell which a file means.
            self.renamed
                .entry(name)
                .and_modify(|known| {
                    if known.as_ref() != Some(&package) {
                        *known = None;
                    }
                })
                .or_insert(Some(package));
        }
    }

    pub(super) fn renamed(&self) -> HashMap<String, String> {
        let sure = |(name, package): (&String, &Option<String>)| Some((name.clone(), package.clone()?));
        self.renamed.iter().filter_map(sure).collect()
    }

    /// Whether code of this tree can name the crate. Without any manifest everything may be.
    pub(super) fn can_name(&self, krate: &str) -> bool {
        self.known.is_empty()
            || ["std", "core", "alloc", "crate"].contains(&krate)
            || self.known.contains(krate)
    }
}

fn get<'v, 't>(table: &'v DeTable<'t>, name: &str) -> Option<&'v DeValue<'t>> {
    table
        .iter()
        .find(|(key, _)| key.get_ref().as_ref() == name)
        .map(|(_, value)| value.get_ref())
}

/// A package's name as code spells it.
fn in_code(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::Crates;

    #[test]
    fn renamed_and_known_crates() {
        let mut crates = Crates::default();
        assert!(crates.can_name("anything"));
        crates.manifest(
            "[package]\nname = \"my-app\"\n[dependencies]\ntk = { package = \"tokio\", version = \"1\" }\nserde = \"1\"\n\
             [target.'cfg(unix)'.dependencies]\nnix = \"1\"\n[workspace.dependencies]\nfs = { package = \"fs-err\" }\n",
        );
        assert_eq!(crates.renamed().get("tk").map(String::as_str), Some("tokio"));
        assert_eq!(crates.renamed().get("fs").map(String::as_str), Some("fs_err"));
        for name in ["my_app", "tk", "tokio", "serde", "nix", "std"] {
            assert!(crates.can_name(name), "{name}");
        }
        assert!(!crates.can_name("acme"));
        crates.manifest("[dependencies]\ntk = { package = \"tokio-old\", version = \"1\" }");
        assert!(!crates.renamed().contains_key("tk"));
        crates.manifest("not toml ][");
    }
}
