//! `check`: what is found, what is asked for, and the exit status.

use crate::support::{TWO_FINDINGS, Tree};

#[test]
fn findings_at_deny_are_status_1_and_shown_as_the_compiler_shows_them() {
    let ran = Tree::with_findings().run(["check"]).code(1);
    assert_eq!(ran.stderr, "");
    let expected = "\
error[blocking_sleep]: `std::thread::sleep` stops this executor thread for everyone on it
 --> src/lib.rs:4:5
  |
4 |     std::thread::sleep(Duration::from_secs(1));
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: `cargo etiquette explain blocking_sleep` says more
help: write `tokio::time::sleep(…).await`
  |
4 -     std::thread::sleep(Duration::from_secs(1));
4 +     tokio::time::sleep(Duration::from_secs(1)).await;
  |
";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert!(
        ran.stdout.ends_with("1 denied, 1 warned in 1 file\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn lines_that_end_with_a_carriage_return_look_like_others() {
    let tree = Tree::with_findings();
    let shown = tree.run(["check"]).code(1).stdout;
    tree.file("src/lib.rs", TWO_FINDINGS.replace('\n', "\r\n"));
    assert_eq!(tree.run(["check"]).code(1).stdout, shown);
}

#[test]
fn without_the_word_that_cargo_adds_it_is_the_same() {
    let tree = Tree::with_findings();
    let out = std::process::Command::new(crate::support::BINARY)
        .arg("check")
        .current_dir(tree.path(""))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), tree.run(["check"]).stdout);
}

#[test]
fn a_clean_tree_and_one_with_warnings_alone_are_status_0() {
    let tree = Tree::package();
    tree.run(["check"]).code(0).says("0 denied, 0 warned in 1 file\n");
    tree.file("src/lib.rs", "pub async fn f() { let _ = std::fs::read(\"a\"); }");
    tree.run(["check"]).code(0).says("0 denied, 1 warned in 1 file\n");
}

#[test]
fn the_policy_file_decides_and_a_preset_takes_its_place() {
    let tree = Tree::with_findings();
    tree.file(
        "etiquette.toml",
        "preset = \"server\"\n[rules]\nblocking_sleep = \"off\"\nblocking_fs = \"off\"\n",
    );
    tree.run(["check"]).code(0);
    tree.run(["check", "--preset", "strict"])
        .code(1)
        .says("error[blocking_fs]")
        .says("error[blocking_sleep]");
    tree.run(["check", "--preset", "cli"])
        .code(0)
        .says("warning[blocking_sleep]");
}

#[test]
fn a_preset_leaves_what_the_file_excludes_and_its_mistakes() {
    let tree = Tree::with_findings();
    tree.file("etiquette.toml", "exclude = [\"src/**\"]\n");
    tree.run(["check", "--preset", "strict"])
        .code(0)
        .says("0 denied, 0 warned");
    tree.file("etiquette.toml", "preset = \"nonsense\"\n");
    tree.run(["check", "--preset", "cli"])
        .code(2)
        .remarks("etiquette.toml:1:10");
}

#[test]
fn one_package_of_a_workspace() {
    let tree = Tree::empty();
    tree.file(
        "Cargo.toml",
        "[workspace]\nmembers = [\"one\", \"one/two\"]\nresolver = \"3\"\n",
    );
    for name in ["one", "one/two"] {
        let package = name.replace('/', "-");
        tree.file(
            &format!("{name}/Cargo.toml"),
            format!("[package]\nname = \"{package}\"\nversion = \"0.1.0\"\n"),
        );
        tree.file(&format!("{name}/src/lib.rs"), TWO_FINDINGS);
    }
    tree.run(["check", "--format", "short"])
        .code(1)
        .says("one/src/lib.rs:4:5")
        .says("one/two/src/lib.rs:4:5");
    let one = tree.run(["check", "--format", "short", "-p", "one"]).code(1);
    assert_eq!(one.stdout.lines().count(), 2, "{}", one.stdout);
    assert!(!one.stdout.contains("two"), "{}", one.stdout);
    tree.run(["check", "--package", "one-tow"])
        .code(2)
        .remarks("did you mean `one-two`?");
}

#[test]
fn another_tree_by_its_manifest() {
    let (here, there) = (Tree::package(), Tree::with_findings());
    let manifest = there.path("Cargo.toml");
    here.run(["check", "--manifest-path", manifest.to_str().unwrap()])
        .code(1)
        .says("--> src/lib.rs:4:5");
    here.run(["check", "--manifest-path", "nowhere/Cargo.toml"])
        .code(2)
        .remarks("is not there");
    here.run(["check", "--manifest-path", "src"])
        .code(2)
        .remarks("must name a Cargo.toml");
}
