//! `fix`: shows first, changes only what git can bring back, and never writes half a file.

use crate::support::{TWO_FINDINGS, Tree};

const FIXED: &str = "use std::time::Duration;

pub async fn wait() {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let _text = tokio::fs::read_to_string(\"a\").await;
}
";

#[test]
fn a_preview_changes_nothing() {
    let tree = Tree::with_findings();
    let ran = tree
        .run(["fix"])
        .code(0)
        .remarks("2 edits in 1 file, none made yet");
    assert!(
        ran.stdout
            .starts_with("--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -1,6 +1,6 @@\n"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("-    std::thread::sleep(Duration::from_secs(1));\n"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("+    tokio::time::sleep(Duration::from_secs(1)).await;\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(tree.read("src/lib.rs"), TWO_FINDINGS);
}

#[test]
fn apply_changes_a_committed_file_and_leaves_nothing_beside_it() {
    let tree = Tree::with_findings();
    tree.commit();
    tree.run(["fix", "--apply"])
        .code(0)
        .remarks("made 2 edits in 1 file");
    assert_eq!(tree.read("src/lib.rs"), FIXED);
    assert_eq!(tree.names("src"), ["lib.rs"]);
    tree.run(["fix", "--apply"]).code(0).remarks("nothing to fix");
}

#[test]
fn files_that_git_could_not_bring_back_are_refused() {
    let tree = Tree::with_findings();
    tree.run(["fix", "--apply"])
        .code(2)
        .remarks("not kept by git: src/lib.rs")
        .remarks("--allow-no-vcs");
    tree.commit();
    let dirty = format!("{TWO_FINDINGS}// not committed\n");
    tree.file("src/lib.rs", &dirty);
    tree.run(["fix", "--apply"])
        .code(2)
        .remarks("not committed: src/lib.rs")
        .remarks("--allow-dirty");
    assert_eq!(tree.read("src/lib.rs"), dirty);
    tree.run(["fix", "--apply", "--allow-dirty"]).code(0);
    assert_eq!(tree.read("src/lib.rs"), format!("{FIXED}// not committed\n"));
}

#[test]
fn one_refused_file_keeps_the_others_as_they_are() {
    let tree = Tree::with_findings();
    tree.file("src/other.rs", TWO_FINDINGS);
    tree.commit();
    tree.file("src/other.rs", format!("{TWO_FINDINGS}\n"));
    tree.run(["fix", "--apply"]).code(2);
    assert_eq!(tree.read("src/lib.rs"), TWO_FINDINGS);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_stops_everything_and_modes_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let tree = Tree::with_findings();
    tree.file("src/other.rs", TWO_FINDINGS);
    tree.commit();
    let mode = |path: &str, mode| {
        std::fs::set_permissions(tree.path(path), PermissionsExt::from_mode(mode)).unwrap()
    };
    mode("src/other.rs", 0o444);
    tree.run(["fix", "--apply", "--allow-dirty"])
        .code(2)
        .remarks("src/other.rs cannot be written");
    assert_eq!(tree.read("src/lib.rs"), TWO_FINDINGS);
    assert_eq!(tree.names("src"), ["lib.rs", "other.rs"]);
    mode("src/other.rs", 0o640);
    tree.run(["fix", "--apply", "--allow-dirty"]).code(0);
    let now = std::fs::metadata(tree.path("src/other.rs"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(now & 0o777, 0o640);
}
