//! Crates of their own, checked by cargo, and what the compiler said.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A rule that speaks, and where: file, line, level, rule.
pub(crate) type Said = (String, u64, String, String);

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conventions")
        .join(name)
}

pub(crate) fn check(folder: &Path) -> Command {
    cargo(folder, &["check"])
}

pub(crate) fn cargo(folder: &Path, command: &[&str]) -> Command {
    cargo_into("conventions", folder, command)
}

/// The same, with a target folder of its own.
pub(crate) fn cargo_into(target: &str, folder: &Path, command: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(command)
        .args(["--message-format=json", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join(target))
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS");
    cargo
}

/// The messages of the compiler about the crate itself.
pub(crate) fn messages(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["reason"] == "compiler-message")
        .filter(|line| {
            line["target"]["name"]
                .as_str()
                .is_some_and(|name| name.starts_with("conventions"))
        })
        .map(|line| line["message"].clone())
        .filter(|message| message["spans"].as_array().is_some_and(|spans| !spans.is_empty()))
        .collect()
}

pub(crate) fn said(message: &Value) -> Said {
    let span = &message["spans"][0];
    (
        span["file_name"].as_str().unwrap().to_owned(),
        span["line_start"].as_u64().unwrap(),
        message["level"].as_str().unwrap().to_owned(),
        rule(message).to_owned(),
    )
}

/// The rule that a message is about: the end of the deprecated path, or the bound that rustc names.
pub(crate) fn rule(message: &Value) -> &str {
    let text = message["message"].as_str().unwrap();
    let named = |text: &str| text.contains("`etiquette::__conventions::task_not_send`");
    let mut notes = message["children"].as_array().unwrap().iter();
    if notes.any(|note| note["message"].as_str().is_some_and(named)) {
        return "task_not_send";
    }
    match text.split_once('`').and_then(|(_, rest)| rest.split_once('`')) {
        Some((path, _)) if message["code"]["code"] == "deprecated" => path.rsplit("::").next().unwrap(),
        _ => panic!("another message than of a convention: {text}"),
    }
}

/// What the `//~` comments of the crate's files expect.
pub(crate) fn marked(folder: &Path, level: impl Fn(&str) -> &'static str) -> BTreeSet<Said> {
    let mut marked = BTreeSet::new();
    for entry in std::fs::read_dir(folder.join("src")).unwrap() {
        let path = entry.unwrap().path();
        let file = format!("src/{}", path.file_name().unwrap().to_string_lossy());
        for (n, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let rules = line.split_once("//~ ").map_or("", |(_, rules)| rules);
            if line.starts_with("//!") {
                continue;
            }
            for rule in rules.split_whitespace() {
                marked.insert((
                    file.clone(),
                    n as u64 + 1,
                    level(rule).to_owned(),
                    rule.to_owned(),
                ));
            }
        }
    }
    marked
}

/// An empty crate-to-be: beside the target folder, so that a path to the runtime is absolute.
pub(crate) fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("conventions-copies")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    folder
}

/// Where `etiquette` is.
pub(crate) fn runtime() -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("runtime");
    runtime.display().to_string()
}

/// A copy that a test may change.
pub(crate) fn copy(name: &str, to: &str) -> PathBuf {
    let (from, to) = (folder(name), empty(to));
    for entry in std::fs::read_dir(from.join("src")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join("src").join(entry.file_name())).unwrap();
    }
    let manifest = std::fs::read_to_string(from.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("../../../runtime", &runtime());
    std::fs::write(to.join("Cargo.toml"), manifest).unwrap();
    if from.join("etiquette.toml").exists() {
        std::fs::copy(from.join("etiquette.toml"), to.join("etiquette.toml")).unwrap();
    }
    to
}

/// Whether the crate itself was taken from the last build.
pub(crate) fn is_fresh(output: &Output, krate: &str) -> Option<bool> {
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["target"]["name"] == krate)
        .find_map(|line| line["fresh"].as_bool())
}

/// Writes a file that a build before has read. Cargo compares times, and those of files may be as coarse as a second:
/// the only sleep on a real clock here.
pub(crate) fn edit(file: &Path, text: &str) {
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    std::fs::write(file, text).unwrap();
}
