//! `--since`: only what is on lines that changed.

use crate::support::{TWO_FINDINGS, Tree};

const SINCE: [&str; 5] = ["check", "--format", "short", "--since", "HEAD"];

#[test]
fn old_findings_are_left_out_and_new_ones_are_not() {
    let tree = Tree::with_findings();
    tree.commit();
    assert_eq!(tree.run(SINCE).code(0).stdout, "");
    tree.file(
        "src/lib.rs",
        format!(
            "// moved\n{}",
            TWO_FINDINGS.replace("read_to_string(\"a\")", "read(\"a\")")
        ),
    );
    let ran = tree.run(SINCE).code(0);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    assert!(
        ran.stdout.starts_with("src/lib.rs:6:17: warn[blocking_fs]"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_file_that_git_does_not_know_yet_is_all_new() {
    let tree = Tree::with_findings();
    tree.commit();
    tree.file("src/with space.rs", TWO_FINDINGS);
    let ran = tree.run(SINCE).code(1);
    assert!(
        ran.stdout
            .lines()
            .all(|line| line.starts_with("src/with space.rs:")),
        "{}",
        ran.stdout
    );
    assert_eq!(ran.stdout.lines().count(), 2);
}

#[cfg(unix)]
#[test]
fn a_name_that_git_puts_in_quotes() {
    let tree = Tree::package();
    tree.file("src/a\"b\\c.rs", "");
    tree.commit();
    tree.file("src/a\"b\\c.rs", TWO_FINDINGS);
    tree.run(SINCE)
        .code(1)
        .says("src/a\"b\\c.rs:4:5: deny[blocking_sleep]");
}

#[test]
fn a_tree_below_the_root_of_the_repository() {
    let tree = Tree::empty();
    tree.file(
        "sub/Cargo.toml",
        "[package]\nname = \"sub\"\nversion = \"0.1.0\"\n",
    );
    tree.file("sub/src/lib.rs", "");
    tree.commit();
    tree.file("sub/src/lib.rs", TWO_FINDINGS);
    tree.run([
        "check",
        "--format",
        "short",
        "--since",
        "HEAD",
        "--manifest-path",
        "sub/Cargo.toml",
    ])
    .code(1)
    .says("src/lib.rs:4:5: deny[blocking_sleep]");
}

#[test]
fn an_unknown_revision_and_a_tree_without_git_are_status_2() {
    let tree = Tree::with_findings();
    tree.run(["check", "--since", "HEAD"])
        .code(2)
        .remarks("is in no git work tree");
    tree.commit();
    tree.run(["check", "--since", "nowhere"])
        .code(2)
        .remarks("git knows no such revision");
    tree.run(["check", "--since=--output=x"])
        .code(2)
        .remarks("git knows no such revision");
    assert!(!tree.path("x").exists());
}
