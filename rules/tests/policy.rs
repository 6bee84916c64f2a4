//! `etiquette.toml`: what it means, and that every mistake in it is told with its place.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use etiquette_rules::{Level, Policy, PolicyErrors, Preset, Rule, Walk};

fn rule(name: &str) -> &'static Rule {
    Rule::find(name).expect("a rule of that name")
}

fn parse(text: &str) -> Policy {
    Policy::parse(Path::new("/team/etiquette.toml"), text).unwrap_or_else(|errors| panic!("{errors}"))
}

fn errors(text: &str) -> PolicyErrors {
    Policy::parse(Path::new("etiquette.toml"), text).expect_err("the policy has mistakes")
}

fn level(policy: &Policy, name: &str, path: &str) -> Level {
    policy.level(rule(name), Path::new(path), false)
}

#[test]
fn scope_beats_rules_beats_preset() {
    let policy = parse(
        "preset = \"server\"\n[rules]\nblocking-fs = \"deny\"\nendless_loop = \"off\"\n\
         [[scope]]\npaths = [\"crates/tool/**\"]\npreset = \"cli\"\nrules = { blocking_sleep = \"deny\" }\n",
    );
    assert_eq!(level(&policy, "blocking_fs", "/team/src/a.rs"), Level::Deny);
    assert_eq!(level(&policy, "endless_loop", "/team/src/a.rs"), Level::Off);
    assert_eq!(level(&policy, "detached_spawn", "/team/src/a.rs"), Level::Warn);
    assert_eq!(
        level(&policy, "blocking_fs", "/team/crates/tool/src/a.rs"),
        Level::Off
    );
    assert_eq!(
        level(&policy, "blocking_sleep", "/team/crates/tool/src/a.rs"),
        Level::Deny
    );
    assert_eq!(
        level(&policy, "detached_spawn", "/team/crates/tool/src/a.rs"),
        Level::Off
    );
    assert_eq!(
        level(&policy, "blocking_fs", "/team/crates/tooling/src/a.rs"),
        Level::Deny
    );
}

#[test]
fn test_code_is_minimal_unless_said_otherwise() {
    let in_tests = |policy: &Policy, name: &str| policy.level(rule(name), Path::new("/team/src/a.rs"), true);
    let usual = parse("[rules]\nblocking_fs = \"deny\"\n");
    assert_eq!(in_tests(&usual, "blocking_fs"), Level::Off);
    assert_eq!(in_tests(&usual, "guard_across_await"), Level::Off);
    assert_eq!(in_tests(&usual, "nested_runtime"), Level::Deny);
    assert_eq!(in_tests(&parse("tests = \"off\""), "nested_runtime"), Level::Off);
    assert_eq!(
        in_tests(&parse("tests = \"server\""), "blocking_sleep"),
        Level::Deny
    );
}

#[test]
fn without_a_file_the_server_preset_applies() {
    let folder = tempfile::tempdir().unwrap();
    let policy = Policy::discover(folder.path()).unwrap();
    assert_eq!(policy.preset(), Preset::Server);
    assert!(policy.files().is_empty());
}

#[test]
fn every_mistake_is_told_with_its_line_and_a_suggestion() {
    let text = "presett = \"server\"\npreset = \"sever\"\nrules-edition = \"2031.9\"\n\
                [rules]\nblocking-sf = \"deny\"\nblocking_fs = \"error\"\nblocking-fs = \"deny\"\n\
                [[scope]]\npaths = \"a/**\"\n[[scope]]\npreset = \"cli\"\n\
                [[blocking.list]]\npath = \"derive\"\n[[blocking.list]]\nuse = \"x\"\n\
                [timeouts]\nhttp = \"10\"\nmax = 5\n[channels]\ncapacity = 0\n[exempt]\nreason = \"requird\"\n\
                [task]\nspawn = []\n";
    let wanted = [
        (1, "no key `presett`", "did you mean `preset`?"),
        (2, "`sever` is no value of `preset`", "did you mean `\"server\"`?"),
        (3, "rules-edition `2031.9` is not known", "2026.1"),
        (
            5,
            "no rule is called `blocking-sf`",
            "did you mean `blocking_fs`?",
        ),
        (
            6,
            "`error` is no value of `blocking_fs`",
            "`off`, `warn` and `deny`",
        ),
        (8, "changes nothing", ""),
        (10, "without `paths`", "paths = ["),
        (13, "not a full path", "`acme::derive`"),
        (14, "needs a `path`", "path = "),
        (17, "`10` is not a duration", "30s"),
        (18, "`max` has to be a string", ""),
        (20, "`capacity` has to be a whole number above 0", ""),
        (
            22,
            "`requird` is no value of `reason`",
            "did you mean `\"required\"`?",
        ),
        (23, "no key `task`", "did you mean `tasks`?"),
    ];
    let found = errors(text);
    for (line, message, help) in wanted {
        let told = found.0.iter().any(|error| {
            error.line == line
                && error.message.contains(message)
                && error.help.as_deref().unwrap_or_default().contains(help)
        });
        assert!(told, "line {line}: {message}\n\n{found}");
    }
    assert_eq!(found.0.len(), wanted.len(), "{found}");
    let lines: Vec<usize> = found.0.iter().map(|error| error.line).collect();
    assert!(lines.is_sorted(), "{lines:?}");
}

#[test]
fn broken_toml_is_told_with_its_line() {
    let found = errors("preset = \"server\"\n[rules\nblocking_fs = deny\n");
    assert!(
        found.0.iter().any(|error| error.line == 2 || error.line == 3),
        "{found}"
    );
    assert!(found.to_string().starts_with("etiquette.toml:"), "{found}");
}

#[test]
fn a_rule_set_twice_under_two_spellings_is_told() {
    let found = errors("[rules]\nblocking_fs = \"deny\"\nblocking-fs = \"warn\"\n");
    assert!(found.to_string().contains("set twice"), "{found}");
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("etiquette.toml");
    fs::write(&file, b"preset = \"\xff\"").unwrap();
    assert!(
        Policy::load(&file)
            .unwrap_err()
            .to_string()
            .contains("is not UTF-8")
    );
    let missing = Policy::load(&folder.path().join("nowhere.toml")).unwrap_err();
    assert!(missing.to_string().contains("cannot be read"), "{missing}");
}

/// A parent file, a child, and the text of each.
fn family(parent: &str, child: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("member")).unwrap();
    fs::write(folder.path().join("etiquette.toml"), parent).unwrap();
    let file = folder.path().join("member/etiquette.toml");
    fs::write(&file, child).unwrap();
    (folder, file)
}

#[test]
fn a_child_adds_to_its_parent() {
    let (folder, file) = family(
        "preset = \"strict\"\n[rules]\nblocking_fs = \"warn\"\n[tasks]\nspawn = [\"a::go\"]\n[timeouts]\nhttp = \"3s\"\n",
        "extends = \"../etiquette.toml\"\n[rules]\nendless_loop = \"warn\"\n[tasks]\nspawn = [\"b::go\"]\n",
    );
    let policy = Policy::load(&file).unwrap();
    assert_eq!(policy.preset(), Preset::Strict);
    assert_eq!(
        policy.level(rule("blocking_fs"), &folder.path().join("member/a.rs"), false),
        Level::Warn
    );
    assert_eq!(
        policy.level(rule("endless_loop"), &folder.path().join("member/a.rs"), false),
        Level::Warn
    );
    assert_eq!(policy.data().spawn, ["b::go", "a::go"]);
    assert_eq!(policy.data().timeout_http.as_deref(), Some("3s"));
    assert_eq!(policy.files().len(), 2);
    assert!(policy.files()[0].ends_with("member/etiquette.toml"));
}

#[test]
fn what_a_parent_locks_no_child_relaxes() {
    let parent = "locked = true\n[rules]\nblocking_fs = \"deny\"\nendless_loop = \"warn\"\n";
    let (_folder, file) = family(
        parent,
        "extends = \"..\"\n[rules]\nblocking_fs = \"warn\"\nendless_loop = \"off\"\n",
    );
    let found = Policy::load(&file).unwrap_err();
    assert_eq!(found.0.len(), 1, "{found}");
    assert!(
        found.0[0]
            .message
            .starts_with("`blocking_fs` is locked at `deny` by "),
        "{found}"
    );
    assert_eq!(found.0[0].line, 3);

    let (folder, file) = family(parent, "extends = \"..\"\npreset = \"cli\"\n");
    let policy = Policy::load(&file).unwrap();
    assert_eq!(
        policy.level(rule("blocking_fs"), &folder.path().join("member/a.rs"), false),
        Level::Deny
    );

    let (_folder, file) = family(
        parent,
        "extends = \"..\"\n[[scope]]\npaths = [\"x/**\"]\nrules = { blocking_fs = \"off\" }\n",
    );
    assert!(Policy::load(&file).is_err());
}

#[test]
fn no_scope_of_a_child_relaxes_what_is_locked_by_its_preset() {
    let parent = "locked = true\n[rules]\nblocking_fs = \"deny\"\n";
    let (folder, file) = family(
        parent,
        "extends = \"..\"\n[[scope]]\npaths = [\"tool/**\"]\npreset = \"cli\"\n",
    );
    let policy = Policy::load(&file).unwrap();
    assert_eq!(
        policy.level(
            rule("blocking_fs"),
            &folder.path().join("member/tool/a.rs"),
            false
        ),
        Level::Deny
    );
    assert_eq!(
        policy.level(
            rule("detached_spawn"),
            &folder.path().join("member/tool/a.rs"),
            false
        ),
        Level::Off
    );
}

#[test]
fn circles_and_missing_parents_are_told() {
    let (_folder, file) = family(
        "extends = \"member/etiquette.toml\"\n",
        "extends = \"../etiquette.toml\"\n",
    );
    assert!(
        Policy::load(&file)
            .unwrap_err()
            .to_string()
            .contains("goes in a circle")
    );
    let (_folder, file) = family("", "\nextends = \"../nowhere.toml\"\n");
    let found = Policy::load(&file).unwrap_err();
    assert!(found.to_string().contains("which is not there"), "{found}");
    assert_eq!(found.0[0].line, 2);
    let (_folder, file) = family("", "extends = { crate = \"acme-rules\" }\n");
    let found = Policy::load(&file).unwrap_err();
    assert!(
        found.to_string().contains("crate `acme-rules` is no dependency"),
        "{found}"
    );
}

#[test]
fn a_crate_ships_rule_data_but_no_levels() {
    let (folder, file) = family("", "extends = { crate = \"acme-rules\" }\npreset = \"minimal\"\n");
    let manifest = "[package]\nname = \"member\"\n[dependencies]\nacme-rules = { path = \"../acme\" }\n";
    fs::write(folder.path().join("member/Cargo.toml"), manifest).unwrap();
    fs::create_dir(folder.path().join("acme")).unwrap();
    let shipped = "[rules]\nblocking_fs = \"deny\"\n[[blocking.list]]\npath = \"acme::slow\"\n[cancel]\nunsafe = [\"Acme::pull\"]\n";
    fs::write(folder.path().join("acme/etiquette.toml"), shipped).unwrap();
    let policy = Policy::load(&file).unwrap();
    assert_eq!(policy.data().blocking_list[0].path, "acme::slow");
    assert_eq!(policy.data().cancel_unsafe, ["Acme::pull"]);
    assert_eq!(
        policy.level(rule("blocking_fs"), &folder.path().join("member/a.rs"), false),
        Level::Off
    );
    assert_eq!(policy.files().len(), 2);
}

#[test]
fn entries_that_can_match_nothing_are_findings_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("Cargo.toml"),
        "[package]\nname = \"app\"\n[dependencies]\nacme = \"1\"\n",
    )
    .unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/lib.rs"), "pub fn go_logged() {}\n").unwrap();
    let text = "[rules]\ncancel_param = \"deny\"\n[[scope]]\npaths = [\"src/**\", \"crates/gone/**\"]\npreset = \"cli\"\n\
                [tasks]\nspawn = [\"crate::go_logged\", \"crate::go_lost\"]\n\
                [[blocking.list]]\npath = \"acme::slow\"\n[[blocking.list]]\npath = \"acne::slow\"\n";
    fs::write(folder.path().join("etiquette.toml"), text).unwrap();
    let report = Walk::workspace(folder.path()).unwrap().run();
    let mut told: Vec<(usize, &str)> = report
        .findings
        .iter()
        .map(|finding| (finding.start.line, finding.message.as_str()))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (
                2,
                "`cancel_param` is on, but finds nothing without `cancel.required`"
            ),
            (4, "no Rust file matches `crates/gone/**`"),
            (
                7,
                "`tasks.spawn` names `crate::go_lost`, but nothing here is called `go_lost`"
            ),
            (
                11,
                "`acne::slow` can never be called: crate `acne` is no dependency"
            ),
        ]
    );
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.rule.name == "policy_entry_unused")
    );
}
