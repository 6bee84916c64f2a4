//! The stacks that a shape cannot stand under, and what the compiler says: their sources are compiled as one crate, again
//! without those that have been answered until all have, since rustc says the next kind of error only when there is none
//! of the one before.
//!
//! The first run builds the dependencies, which takes about a minute; they land in `target/tmp/refused`.

use super::{SHAPES, Version};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A shape under a stack, and the first error.
pub(super) struct Refusal {
    pub(super) title: &'static str,
    pub(super) stack: &'static str,
    pub(super) error: String,
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("shapes").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands above the shapes of a file.
fn head(file: &str) -> String {
    let text = read(&format!("matrix/{file}.rs"));
    let (head, _) = text.split_once("\nshapes! {").expect("shapes");
    let head = head
        .split_once("\n/// The attributes")
        .map_or(head, |(head, _)| head);
    let lines = head
        .lines()
        .filter(|line| line.starts_with("use ") && !line.starts_with("use super::"));
    let rest = head
        .split_once("\n#[derive")
        .map_or(String::new(), |(_, rest)| format!("#[derive{rest}"));
    lines.flat_map(|line| [line, "\n"]).chain([&*rest]).collect()
}

/// A source of which nothing comes.
struct Source {
    text: String,
    title: &'static str,
    stack: &'static str,
}

/// Every version that is refused, by the name of the module that its source is put into.
fn sources() -> BTreeMap<String, Source> {
    let mut found = BTreeMap::new();
    for (file, stacks, shapes) in SHAPES {
        let head = head(file);
        for shape in shapes {
            for (stack, version) in stacks.iter().zip(shape.versions) {
                if let Version::Refused(source) = version {
                    let (text, name) = (
                        format!("{head}\n{source}\n"),
                        format!("{file}_{:03}", found.len()),
                    );
                    found.insert(
                        name,
                        Source {
                            text,
                            title: shape.title,
                            stack,
                        },
                    );
                }
            }
        }
    }
    found
}

/// Compiles every refused version, and asserts that none of them is taken.
pub(super) fn check() -> Vec<Refusal> {
    let all = sources();
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    while errors.len() < all.len() {
        let open = || all.iter().filter(|(name, _)| !errors.contains_key(*name));
        let found = compile(&write(open().map(|(name, source)| (&**name, &*source.text))));
        let titles: Vec<_> = open().map(|(_, source)| (source.title, source.stack)).collect();
        assert!(!found.is_empty(), "nothing refuses {titles:?}");
        errors.extend(found);
    }
    let refusal = |(name, Source { title, stack, .. })| Refusal {
        title,
        stack,
        error: errors.remove::<String>(&name).expect("an error"),
    };
    all.into_iter().map(refusal).collect()
}

/// Writes the crate.
fn write<'a>(modules: impl Iterator<Item = (&'a str, &'a str)>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let manifest = format!(
        r#"[package]
name = "refused"
edition = "2024"

[dependencies]
anyhow = "1"
async-trait = "0.1"
etiquette = {{ path = {runtime:?} }}
thiserror = "2"
tokio = {{ version = "1.47", features = ["macros", "rt", "test-util", "time"] }}

[workspace]
"#
    );
    // What shapes name of the crate around them.
    let main = read("main.rs");
    let root = main
        .lines()
        .filter(|line| !line.starts_with("//!") && !line.starts_with("#![deny") && !line.starts_with("mod "));
    let mut root: String = root.flat_map(|line| [line, "\n"]).collect();
    std::fs::create_dir_all(folder.join("src/matrix")).expect("a folder can be made");
    let put =
        |path: &str, text: &str| std::fs::write(folder.join(path), text).expect("a file can be written");
    root.push_str("mod matrix {\n");
    for (name, source) in modules {
        root.push_str(&format!("    mod {name};\n"));
        put(&format!("src/matrix/{name}.rs"), source);
    }
    root.push_str("}\n");
    put("Cargo.toml", &manifest);
    put("src/lib.rs", &root);
    folder
}

/// The first error in each module of the crate.
fn compile(folder: &Path) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--message-format=json", "--target-dir"])
        .arg(folder.join("target"))
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    let mut errors = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let said: Value = serde_json::from_str(line).expect("cargo writes JSON");
        let message = &said["message"];
        if said["reason"] == "compiler-message" && message["level"] == "error" {
            let text = message["message"].as_str().expect("a text");
            let Some(module) = module(message) else { continue };
            errors.entry(module).or_insert_with(|| first_line(text));
        }
    }
    assert!(
        !errors.is_empty() || output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    errors
}

/// The module that a message is about.
fn module(message: &Value) -> Option<String> {
    let spans = message["spans"].as_array()?;
    let mut span = spans.iter().find(|span| span["is_primary"] == true)?;
    loop {
        let file = span["file_name"].as_str()?;
        if let Some(name) = file
            .strip_prefix("src/matrix/")
            .and_then(|name| name.strip_suffix(".rs"))
        {
            return Some(name.to_owned());
        }
        span = span["expansion"].get("span")?;
    }
}

/// The rule, without the help.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
