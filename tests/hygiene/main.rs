//! Small crates of their own, each built and run as a user's would be: what features, editions, names and other
//! people's macros do to an expansion shows in no crate of this workspace.
//!
//! `shared/` holds what several of them compile. The first run builds their dependencies, which takes a minute or two;
//! they land in `target/tmp/hygiene` and later runs take seconds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hygiene")
}

fn passes(name: &str) {
    builds_and_passes(name, "hygiene", None);
}

/// `cargo test` in the crate `name`, with its output when it fails.
fn builds_and_passes(name: &str, target: &str, flags: Option<&str>) {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--lib", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join(target))
        .current_dir(folder().join(name))
        .envs(flags.map(|flags| ("RUSTFLAGS", flags)))
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "tests/hygiene/{name}:\n{}{}",
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout)
    );
}

macro_rules! crates {
    ($($name:ident)*) => {
        const CRATES: &[&str] = &["console", $(stringify!($name)),*];
        $( #[test] fn $name() { passes(stringify!($name)); } )*
    };
}

crates! {
    async_trait_latest
    async_trait_pinned
    async_unsafe
    edition2021
    edition2024
    facade
    indirect
    macro_rules
    methods
    minimal
    no_prelude
    renamed
    rstest
    runners
    runners_minimal
    shadowed
    trait_variant
}

/// In a folder of its own: the flag is one for all that it depends on, which takes half a minute.
#[test]
fn console() {
    builds_and_passes("console", "hygiene-unstable", Some("--cfg tokio_unstable"));
}

#[test]
fn no_crate_is_forgotten() {
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the folder of crates")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, CRATES.iter().map(|name| (*name).to_owned()).collect());
}
