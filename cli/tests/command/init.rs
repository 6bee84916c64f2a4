//! `init`: the preset that fits, nothing overwritten, and a result that check and clippy accept.

use std::process::Command;

use crate::support::{Tree, clean};

fn with_dependency(name: &str) -> Tree {
    let tree = Tree::package();
    let manifest = tree.read("Cargo.toml");
    tree.file(
        "Cargo.toml",
        format!("{manifest}\n[dependencies]\n{name} = \"1\"\n"),
    );
    tree.file("src/main.rs", "fn main() {}");
    tree
}

#[test]
fn the_preset_follows_from_what_is_built() {
    Tree::package()
        .run(["init", "--dry-run"])
        .code(0)
        .remarks("preset `library`: the workspace builds no program");
    with_dependency("axum")
        .run(["init", "--dry-run"])
        .code(0)
        .remarks("preset `server`: `app` uses axum");
    with_dependency("clap")
        .run(["init", "--dry-run"])
        .code(0)
        .remarks("preset `cli`: `app` is a program with clap");
    with_dependency("serde")
        .run(["init", "--dry-run"])
        .code(0)
        .remarks("preset `server`");
    with_dependency("axum")
        .run(["init", "--dry-run", "--preset", "strict"])
        .code(0)
        .says("+preset = \"strict\"");
}

#[test]
fn a_dry_run_writes_nothing() {
    let tree = Tree::package();
    let before = tree.names("");
    tree.run(["init", "--dry-run"])
        .code(0)
        .says("+++ b/etiquette.toml")
        .says("+++ b/clippy.toml")
        .says("+++ b/Cargo.toml");
    assert_eq!(tree.names(""), before);
}

#[test]
fn what_it_writes_is_accepted_and_a_second_time_there_is_nothing_to_write() {
    let tree = Tree::package();
    tree.run(["init"])
        .code(0)
        .remarks("wrote etiquette.toml, Cargo.toml, clippy.toml");
    tree.run(["check"]).code(0).says("0 denied, 0 warned");
    let again = tree
        .run(["init"])
        .code(0)
        .remarks("etiquette.toml is there and stays as it is")
        .remarks("nothing to write");
    assert_eq!(again.stdout, "");
    let mut clippy = Command::new(env!("CARGO"));
    clippy.args(["clippy", "--offline", "--quiet", "--", "-D", "warnings"]);
    clippy
        .env("CARGO_TARGET_DIR", tree.path("target"))
        .env_remove("RUSTFLAGS");
    let out = clean(&mut clippy).current_dir(tree.path("")).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(
        out.status.success() && said.is_empty(),
        "clippy reads what was written: {said}"
    );
}

#[test]
fn nothing_is_overwritten() {
    let tree = Tree::package();
    tree.file("etiquette.toml", "preset = \"cli\"\n");
    tree.file("clippy.toml", "disallowed-methods = [\"a::b\"]\n");
    let manifest = tree.read("Cargo.toml") + "\n[lints.clippy]\nawait_holding_lock = \"warn\" # for now\n";
    tree.file("Cargo.toml", &manifest);
    tree.run(["init"]).code(0);
    assert_eq!(tree.read("etiquette.toml"), "preset = \"cli\"\n");
    assert!(
        tree.read("clippy.toml")
            .starts_with("disallowed-methods = [\"a::b\"]\n"),
        "{}",
        tree.read("clippy.toml")
    );
    assert!(
        tree.read("Cargo.toml").starts_with(manifest.trim_end()),
        "{}",
        tree.read("Cargo.toml")
    );
}

#[test]
fn a_manifest_that_cargo_cannot_read_is_status_2() {
    let tree = Tree::package();
    tree.file("Cargo.toml", "[package\n");
    tree.run(["init"])
        .code(2)
        .remarks("cargo cannot read the workspace");
    assert_eq!(tree.names(""), ["Cargo.toml", "src"]);
}
