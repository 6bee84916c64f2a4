//! What breaks a convention is told where it is, at the level of the policy, and nothing else is.

use super::support::{Said, cargo, check, copy, edit, folder, marked, messages, said};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_broken_convention_is_told_where_it_is_and_nothing_else() {
    let folder = folder("broken");
    let output = check(&folder).output().unwrap();
    assert!(!output.status.success());
    let found: BTreeSet<Said> = messages(&output).iter().map(said).collect();
    // `forbid(deprecated)` makes errors of warnings too.
    let expected = marked(&folder, |_| "error");
    assert!(expected.len() > 25);
    assert_eq!(found, expected);
}

#[test]
fn levels_of_the_policy_are_levels_of_the_compiler() {
    let folder = copy("broken", "levels");
    let main = folder.join("src/lib.rs");
    let text = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, text.replace("#![forbid(deprecated)]", "")).unwrap();
    let output = check(&folder).output().unwrap();
    let found: BTreeSet<Said> = messages(&output).iter().map(said).collect();
    let warned = [
        "blocking_fs",
        "endless_loop",
        "stale_exempt",
        "exempt_without_reason",
    ];
    let expected = marked(&folder, |rule| {
        if warned.contains(&rule) {
            "warning"
        } else {
            "error"
        }
    });
    assert_eq!(found, expected);

    // A crate that allows deprecated things is not let off what is denied.
    std::fs::write(&main, text.replace("forbid(deprecated)", "allow(deprecated)")).unwrap();
    let output = check(&folder).output().unwrap();
    let found: BTreeSet<Said> = messages(&output).iter().map(said).collect();
    let errors = expected.into_iter().filter(|said| said.2 == "error").collect();
    assert_eq!(found, errors);
}

#[test]
fn a_dependency_never_breaks_the_build_of_its_users() {
    // What cargo tells the compiler of every crate that is not one's own.
    let mut cargo = cargo(&copy("broken", "capped"), &["rustc", "--profile=check"]);
    let output = cargo.args(["--", "--cap-lints=allow"]).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(messages(&output).is_empty());
}

#[test]
fn good_code_is_let_alone() {
    let output = check(&folder("silent")).output().unwrap();
    assert_eq!(messages(&output), [Value::Null; 0]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn without_the_feature_the_attribute_says_what_is_missing() {
    let output = check(&folder("missing")).output().unwrap();
    assert!(!output.status.success());
    let messages = messages(&output);
    let texts: Vec<&str> = messages
        .iter()
        .filter_map(|message| message["message"].as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "`#[conventions]` needs the feature `conventions` of etiquette\nhelp: run `cargo add etiquette --features conventions`"
        ]
    );
}

#[test]
fn a_future_is_asked_for_send_at_both_levels() {
    let folder = copy("sends", "sends");
    let output = check(&folder).output().unwrap();
    let found: BTreeSet<Said> = messages(&output).iter().map(said).collect();
    let expected = marked(&folder, |_| "warning");
    assert_eq!(expected.len(), 6);
    assert_eq!(found, expected, "{}", String::from_utf8_lossy(&output.stderr));

    edit(&folder.join("etiquette.toml"), "preset = \"server\"\n");
    let output = check(&folder).output().unwrap();
    let found: BTreeSet<Said> = messages(&output).iter().map(said).collect();
    assert_eq!(found, marked(&folder, |_| "error"));
    // At `deny`, rustc names the variable and the place.
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("Rc<Vec<u8>>` which is not `Send`"), "{shown}");
    assert!(
        shown.contains("await occurs here, with `list` maybe used later"),
        "{shown}"
    );
}
