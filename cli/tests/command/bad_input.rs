//! Whatever is wrong is said in one clear line: status 2, or a skipped file named in the summary. Never a panic.

use crate::support::{Ran, TWO_FINDINGS, Tree};

#[track_caller]
fn calm(ran: Ran) -> Ran {
    assert!(
        !ran.stderr.contains("panicked") && !ran.stderr.contains("broke off"),
        "{}",
        ran.stderr
    );
    ran
}

#[test]
fn a_malformed_policy() {
    let tree = Tree::with_findings();
    tree.file("etiquette.toml", "preset = \"server\n");
    calm(tree.run(["check"]).code(2)).remarks("etiquette.toml:1:");
    tree.file("etiquette.toml", [0xff, 0xfe]);
    calm(tree.run(["check"]).code(2)).remarks("is not UTF-8");
    tree.file("etiquette.toml", "preset = \"sever\"\n");
    calm(tree.run(["check"]).code(2))
        .remarks("etiquette.toml:1:")
        .remarks("server");
    // The list is about the code alone.
    calm(tree.run(["list"]).code(0));
}

#[test]
fn an_unknown_rule_in_the_policy() {
    let tree = Tree::with_findings();
    tree.file("etiquette.toml", "[rules]\nblocking_sf = \"deny\"\n");
    for command in ["check", "fix"] {
        calm(tree.run([command]).code(2))
            .remarks("etiquette.toml:2:")
            .remarks("blocking_fs");
    }
}

#[test]
fn no_cargo_toml() {
    let tree = Tree::empty();
    for command in ["check", "list", "fix", "init"] {
        calm(tree.run([command]).code(2))
            .remarks("no Cargo.toml here or in a folder above")
            .remarks("help: ");
    }
}

#[test]
fn options_that_do_not_exist_or_do_not_fit() {
    let tree = Tree::package();
    for args in [
        &["check", "--fomat", "json"][..],
        &["check", "--format", "xml"],
        &["chek"],
        &[],
        &["fix", "--allow-dirty"],
    ] {
        calm(tree.run(args).code(2));
    }
    tree.run(["check", "--write-baseline", "--since", "HEAD", "--baseline", "b"])
        .code(2)
        .remarks("cannot be used with");
    tree.run(["--help"]).code(0).says("Usage: cargo etiquette");
    tree.run(["--version"]).code(0).says(env!("CARGO_PKG_VERSION"));
}

#[test]
fn files_that_are_no_text_or_no_rust_or_too_large_are_skipped_by_name() {
    let tree = Tree::with_findings();
    tree.file("src/latin.rs", b"// caf\xe9\nasync fn f() {}\n");
    tree.file("src/broken.rs", "async fn f( {\n");
    tree.file("src/huge.rs", vec![b' '; (16 << 20) + 1]);
    let deep = format!(
        "async fn f() {{ {}1{} }}",
        "(".repeat(100_000),
        ")".repeat(100_000)
    );
    tree.file("src/deep.rs", deep);
    for command in ["check", "list"] {
        let ran = calm(tree.run([command]));
        let all = format!("{}{}", ran.stdout, ran.stderr);
        for (file, why) in [
            ("latin", "is not UTF-8"),
            ("broken", "does not parse"),
            ("huge", "is larger than 16 MiB"),
            ("deep", ""),
        ] {
            assert!(
                all.contains(&format!("skipped src/{file}.rs: ")) && all.contains(why),
                "{file}: {all}"
            );
        }
    }
    tree.run(["check"])
        .code(1)
        .says("1 denied, 1 warned in 3 files, 4 skipped");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_skipped_by_name() {
    use std::os::unix::fs::PermissionsExt;
    let tree = Tree::with_findings();
    tree.file("src/secret.rs", TWO_FINDINGS);
    let secret = tree.path("src/secret.rs");
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o000)).unwrap();
    if std::fs::read(&secret).is_ok() {
        eprintln!("not tried: this user may read everything");
        return;
    }
    for command in ["check", "list"] {
        let ran = calm(tree.run([command]));
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains("skipped src/secret.rs: cannot be read"), "{all}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_not_followed() {
    let tree = Tree::with_findings();
    std::os::unix::fs::symlink(tree.path(""), tree.path("src/again")).unwrap();
    std::os::unix::fs::symlink("loop.rs", tree.path("src/loop.rs")).unwrap();
    calm(tree.run(["check"]).code(1)).says("1 denied, 1 warned in 1 file\n");
    calm(tree.run(["list"]).code(0));
}

#[cfg(unix)]
#[test]
fn a_name_cannot_steer_the_terminal() {
    let tree = Tree::package();
    tree.file("src/a\u{1b}[2Jb.rs", TWO_FINDINGS);
    for format in ["human", "short"] {
        let ran = tree
            .run(["check", "--format", format])
            .code(1)
            .says("src/a\\u{1b}[2Jb.rs");
        assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
    }
}
