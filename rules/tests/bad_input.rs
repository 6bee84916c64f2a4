//! Whatever it is given, the engine says what is wrong and goes on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail the test"
)]

use std::fs;
use std::path::Path;

use etiquette_rules::{Engine, Policy, Preset, Walk, check_source};

/// The reason why a text is skipped, if it is.
fn skipped(text: &str) -> Option<String> {
    let engine = Engine::new(Policy::with_preset(Preset::Strict));
    engine
        .check_source(Path::new("src/a.rs"), text)
        .skipped
        .map(|skipped| skipped.reason)
}

#[test]
fn a_text_that_does_not_parse_is_named_with_its_place() {
    let reason = skipped("async fn f() {\n    let = 1;\n}\n").expect("it does not parse");
    assert!(
        reason.starts_with("does not parse: ") && reason.ends_with("(line 2, column 9)"),
        "{reason}"
    );
    assert!(skipped("async fn f( {").is_some());
    assert!(skipped("async fn f() { \"unfinished }").is_some());
    assert!(check_source(Path::new("a.rs"), "async fn f( {", &Policy::default()).is_empty());
}

#[test]
fn odd_beginnings_and_line_ends_are_fine() {
    for text in [
        "",
        "\n",
        "\u{feff}async fn f() {}",
        "#!/usr/bin/env run\nasync fn f() {}",
        "async fn f() {}\r\n",
    ] {
        assert_eq!(skipped(text), None, "{text:?}");
    }
    let findings = check_source(
        Path::new("a.rs"),
        "\u{feff}async fn ä() {\r\n  \"ö\"; std::thread::sleep(d);\r\n}",
        &Policy::default(),
    );
    assert_eq!((findings[0].start.line, findings[0].start.column), (2, 8));
}

#[test]
fn deep_nesting_is_read_on_a_larger_stack_or_refused() {
    let nested = |depth: usize| {
        format!(
            "async fn f() {{ let x = {}1{}; }}",
            "(".repeat(depth),
            ")".repeat(depth)
        )
    };
    assert_eq!(skipped(&nested(50)), None);
    assert_eq!(skipped(&nested(390)), None);
    let reason = skipped(&nested(100_000)).expect("it is refused");
    assert!(reason.contains("brackets deep"), "{reason}");
    let blocks = |depth: usize| {
        format!(
            "async fn f() {{ {} {} }}",
            "if a {".repeat(depth),
            "}".repeat(depth)
        )
    };
    assert_eq!(skipped(&blocks(390)), None);
    let closed = format!("async fn f() {{ {} }}", ")".repeat(1000));
    assert!(skipped(&closed).is_some());
}

#[test]
fn long_chains_are_read_on_a_larger_stack_or_refused() {
    let links = [
        ("a", "+a"),
        ("!a", "-!a"),
        ("a", ".b(c, d)"),
        ("a", ".await"),
        ("if a { b }", " else if a { b }"),
        ("&a", "&&&a"),
    ];
    for (first, link) in links {
        let chain = |count: usize| format!("async fn f() {{ let x = {first}{}; }}", link.repeat(count));
        let most = 20_000 / link.len();
        assert_eq!(skipped(&chain(most)), None, "{link}");
        let reason = skipped(&chain(100_000)).unwrap_or_default();
        assert!(reason.contains("one expression of"), "{link}: {reason}");
    }
    let prefix = |sign: &str| format!("async fn f() {{ let x = {}a; }}", sign.repeat(20_000));
    assert_eq!(skipped(&prefix("!")), None);
    assert_eq!(skipped(&prefix("*")), None);
    let types = format!(
        "async fn f(x: {}u8{}) {{}}",
        "A<".repeat(7_000),
        ">".repeat(7_000)
    );
    assert_eq!(skipped(&types), None);
}

#[test]
fn many_statements_are_no_long_chain() {
    let text = format!(
        "async fn f() {{ {} }}",
        "if a { b(c) } match d { _ => e }\n".repeat(20_000)
    );
    assert_eq!(skipped(&text), None);
}

#[test]
fn a_tree_with_everything_wrong_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("Cargo.toml"), "[package]\nname = \"odd\"\n").unwrap();
    fs::create_dir_all(root.join("src/deep")).unwrap();
    fs::write(
        root.join("src/lib.rs"),
        "async fn f() { std::thread::sleep(d); }\n",
    )
    .unwrap();
    fs::write(root.join("src/latin.rs"), b"// caf\xe9\nasync fn f() {}\n").unwrap();
    fs::write(root.join("src/broken.rs"), "async fn f() { let = ; }").unwrap();
    fs::File::create(root.join("src/huge.rs"))
        .unwrap()
        .set_len(17 << 20)
        .unwrap();
    fs::create_dir(root.join("src/folder.rs")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root, root.join("src/deep/circle")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("src/dangling.rs")).unwrap();
    }
    fs::create_dir(root.join("target")).unwrap();
    fs::write(root.join("target/CACHEDIR.TAG"), "Signature").unwrap();
    fs::write(
        root.join("target/made.rs"),
        "async fn f() { std::thread::sleep(d); }",
    )
    .unwrap();
    fs::write(root.join(".gitignore"), "ignored.rs\n").unwrap();
    fs::write(
        root.join("src/ignored.rs"),
        "async fn f() { std::thread::sleep(d); }",
    )
    .unwrap();

    let report = Walk::workspace(root).unwrap().run();
    assert_eq!(report.findings.len(), 1, "{report}");
    let skipped: Vec<String> = report.skipped.iter().map(ToString::to_string).collect();
    assert_eq!(skipped.len(), 3, "{skipped:?}");
    for (name, reason) in [
        ("broken.rs", "does not parse"),
        ("huge.rs", "larger than 16 MiB"),
        ("latin.rs", "not UTF-8"),
    ] {
        assert!(
            skipped
                .iter()
                .any(|line| line.contains(name) && line.contains(reason)),
            "{name}: {skipped:?}"
        );
    }
    assert!(
        report
            .to_string()
            .ends_with("1 denied, 0 warned, 0 exempted; 2 files, 1 lines, 3 skipped"),
        "{report}"
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.rs");
    fs::write(&file, "async fn f() {}").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return; // Run by a user who may read everything.
    }
    let report = Walk::new(folder.path(), Policy::default()).run();
    assert!(
        report.skipped[0].to_string().contains("cannot be read"),
        "{report}"
    );
}

#[test]
fn a_folder_without_a_manifest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let problem = Walk::workspace(folder.path()).unwrap_err().to_string();
    assert!(
        problem.contains("no Cargo.toml here or in a folder above"),
        "{problem}"
    );
    let missing = Walk::new(folder.path().join("nowhere"), Policy::default()).run();
    assert!(
        !missing.is_clean() && missing.to_string().contains("is no folder"),
        "{missing}"
    );
}

#[test]
fn a_broken_policy_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"odd\"\n").unwrap();
    fs::write(folder.path().join("etiquette.toml"), "preset = \"sever\"\n").unwrap();
    let problem = Walk::workspace(folder.path()).unwrap_err().to_string();
    assert!(
        problem.contains("etiquette.toml:1:10: `sever` is no value of `preset`"),
        "{problem}"
    );
}
