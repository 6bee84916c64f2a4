//! Runs clippy on a crate and reads what it says.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every group of clippy's that speaks of code, and what rustc itself allows by default.
///
/// Lints that contradict each other may all be on: they speak of both versions alike.
const LINTS: &[&str] = &[
    "clippy::all",
    "clippy::pedantic",
    "clippy::nursery",
    "clippy::restriction",
    "absolute_paths_not_starting_with_crate",
    "closure_returning_async_block",
    "elided_lifetimes_in_paths",
    "explicit_outlives_requirements",
    "future_incompatible",
    "if_let_rescope",
    "impl_trait_overcaptures",
    "impl_trait_redundant_captures",
    "keyword_idents",
    "let_underscore_drop",
    "macro_use_extern_crate",
    "meta_variable_misuse",
    "missing_copy_implementations",
    "missing_debug_implementations",
    "missing_docs",
    "non_ascii_idents",
    "nonstandard_style",
    "redundant_imports",
    "redundant_lifetimes",
    "rust_2018_idioms",
    "rust_2021_compatibility",
    "rust_2024_compatibility",
    "single_use_lifetimes",
    "tail_expr_drop_order",
    "trivial_casts",
    "trivial_numeric_casts",
    "unit_bindings",
    "unnameable_types",
    "unreachable_pub",
    "unsafe_code",
    "unused",
    "unused_crate_dependencies",
    "unused_import_braces",
    "unused_lifetimes",
    "unused_macro_rules",
    "unused_qualifications",
    "unused_results",
    "variant_size_differences",
    "warnings",
];

/// What a lint said, where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) lint: String,
    /// The first word that is underlined.
    pub(crate) column: u64,
    pub(crate) text: String,
}

/// The folder that crates are written to and built in.
pub(crate) fn workshop() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("lints")
}

/// Writes a crate that depends on what the corpus needs.
pub(crate) fn write(name: &str, edition: &str, files: &[(String, String)]) -> PathBuf {
    let folder = workshop().join(name);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let manifest = format!(
        r#"[package]
name = "{name}"
edition = "{edition}"

[dependencies]
async-trait = "0.1"
etiquette = {{ path = {runtime:?} }}
thiserror = "2"
tokio = {{ version = "1.47", features = ["macros", "rt", "sync", "test-util", "time"] }}
tokio-util = {{ version = "0.7.16", default-features = false }}

[workspace]
"#
    );
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        // A file that has not changed is not compiled again.
        if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
            std::fs::write(path, text).expect("a file can be written");
        }
    };
    put("Cargo.toml", &manifest);
    files.iter().for_each(|(path, text)| put(path, text));
    folder
}

/// Every hit in the crate in `folder`, under all lints or only those that are on anyway.
pub(crate) fn hits(folder: &Path, all: bool) -> Vec<Hit> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "clippy",
            "--quiet",
            "--tests",
            "--message-format=json",
            "--target-dir",
        ])
        .arg(workshop().join("target"))
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    if all {
        command.arg("--").args(LINTS.iter().flat_map(|lint| ["-W", lint]));
    }
    let output = command.output().expect("cargo runs");
    let said: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("cargo writes JSON"))
        .collect();
    let messages = said
        .iter()
        .filter(|said| said["reason"] == "compiler-message" && is_of(said, folder))
        .map(|said| &said["message"]);
    let errors: Vec<&str> = messages
        .clone()
        .filter(|message| message["level"] == "error")
        .filter_map(|message| message["rendered"].as_str())
        .collect();
    assert!(
        output.status.success() && errors.is_empty(),
        "{}:\n{}\n{}",
        folder.display(),
        errors.join("\n"),
        String::from_utf8_lossy(&output.stderr)
    );
    let mut hits: Vec<Hit> = messages.filter_map(hit).collect();
    hits.sort();
    hits
}

/// What a dependency in this workspace is told is not about the crate in `folder`; an error there ends it all the same.
fn is_of(said: &Value, folder: &Path) -> bool {
    let manifest = said["manifest_path"].as_str().map(Path::new);
    manifest.is_none_or(|manifest| manifest.starts_with(folder)) || said["message"]["level"] == "error"
}

fn hit(message: &Value) -> Option<Hit> {
    let lint = message["code"]["code"].as_str()?.to_owned();
    let spans = message["spans"].as_array()?;
    let mut span = spans.iter().find(|span| span["is_primary"] == true)?;
    // From inside a macro to where the user called it.
    while !span["file_name"].as_str()?.starts_with("src/") && span["expansion"].is_object() {
        span = &span["expansion"]["span"];
    }
    Some(Hit {
        file: span["file_name"].as_str()?.trim_start_matches("src/").to_owned(),
        line: span["line_start"].as_u64()?,
        column: span["column_start"].as_u64()?,
        lint,
        text: message["message"].as_str()?.to_owned(),
    })
}
