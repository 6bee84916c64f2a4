//! Files that are test code because another file says so: `#[cfg(test)] mod name;`.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// Where the test modules that this file declares lie, without `.rs` or `/mod.rs`.
pub(super) fn declared(file: &Path, text: &str) -> Vec<PathBuf> {
    test_modules(text)
        .into_iter()
        .map(|name| module_path(file, name))
        .collect()
}

/// Where `mod name;` in this file leads.
fn module_path(file: &Path, name: &str) -> PathBuf {
    let folder = file.parent().unwrap_or(file);
    match file.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") | None => folder.join(name),
        Some(stem) => folder.join(stem).join(name),
    }
}

/// The modules of a file that are test code: the names in `#[cfg(test)] mod name;`.
fn test_modules(text: &str) -> Vec<&str> {
    static CFG: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("#[cfg("));
    let mut names = Vec::new();
    for at in CFG.find_iter(text.as_bytes()) {
        let Some((condition, rest)) = text[at + "#[cfg(".len()..].split_once(")]") else {
            break;
        };
        let tests = condition
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == "test");
        if condition.len() > 200 || !tests || condition.contains("not(") {
            continue;
        }
        let mut rest = rest.trim_start();
        // Further attributes of the same item.
        while let Some((attribute, after)) = rest
            .strip_prefix("#[")
            .and_then(|attribute| attribute.split_once(']'))
        {
            if attribute.contains("path") {
                break;
            }
            rest = after.trim_start();
        }
        for prefix in ["pub(crate) ", "pub(super) ", "pub "] {
            rest = rest.strip_prefix(prefix).unwrap_or(rest);
        }
        let Some((name, _)) = rest
            .strip_prefix("mod ")
            .and_then(|module| module.split_once(';'))
        else {
            continue;
        };
        if name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{declared, test_modules};
    use std::path::{Path, PathBuf};

    #[test]
    fn modules_of_tests_are_found_by_their_declaration() {
        let text = "#[cfg(test)]\nmod tests;\n#[cfg(not(test))] mod a;\n#[cfg(all(test, feature = \"x\"))]\n\
                    #[allow(dead_code)] pub(crate) mod support;\n#[cfg(test)] mod inline { }\n#[cfg(unix)] mod b;";
        assert_eq!(test_modules(text), ["tests", "support"]);
    }

    #[test]
    fn they_lie_beside_or_below_the_file() {
        let text = "#[cfg(test)] mod t;";
        assert_eq!(declared(Path::new("src/lib.rs"), text), [PathBuf::from("src/t")]);
        assert_eq!(declared(Path::new("src/a.rs"), text), [PathBuf::from("src/a/t")]);
    }
}
