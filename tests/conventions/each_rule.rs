//! Every rule of the engine at `deny`, from an attribute: `rules/<rule>.rs` breaks it, and `rules/<rule>.stderr` is what
//! a user reads. `BLESS=1` writes those anew; read every one that changed as the person who broke the rule would.

use super::support::{Said, check, empty, folder, marked, messages, rule, runtime, said};
use etiquette_rules::{Rule, rules};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn each_is_an_error_at_the_word_with_its_help() {
    let (folder, policy) = krate(
        "rules",
        rules().iter().copied().filter(|rule| !is_about_policy(rule)),
    );
    std::fs::write(folder.join("etiquette.toml"), policy).unwrap();
    let told = compare(&folder);
    assert_eq!(told, rules().len() - 1);
}

/// Its data is what the policy of the others has to have.
#[test]
fn an_entry_of_the_policy_without_effect_too() {
    let (folder, policy) = krate(
        "rule-of-policies",
        rules().iter().copied().filter(|rule| is_about_policy(rule)),
    );
    let start = policy.find("[[scope]]").unwrap();
    let policy = format!(
        "preset = \"minimal\"\n\n[rules]\nraw_spawn = \"deny\"\npolicy_entry_unused = \"deny\"\n\n{}",
        &policy[start..]
    );
    std::fs::write(folder.join("etiquette.toml"), policy).unwrap();
    assert_eq!(compare(&folder), 1);
}

#[test]
fn every_file_here_is_a_rule() {
    let known: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
    for entry in std::fs::read_dir(folder("rules")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(known.contains(&*name) || name == "policy", "{name} is no rule");
    }
}

fn is_about_policy(rule: &Rule) -> bool {
    rule.name == "policy_entry_unused"
}

/// A crate of one module for each rule, and a policy that denies it there and nowhere else. A rule without a file
/// fails here.
fn krate(name: &str, rules: impl Iterator<Item = &'static Rule>) -> (PathBuf, String) {
    let to = empty(name);
    let from = folder("rules");
    let mut policy = std::fs::read_to_string(from.join("policy.toml")).unwrap();
    let mut modules = "//! Each module breaks the rule that it is called after.\n".to_owned();
    for rule in rules {
        let file = format!("{}.rs", rule.name);
        let copied = std::fs::copy(from.join(&file), to.join("src").join(&file));
        assert!(
            copied.is_ok(),
            "tests/conventions/rules/{file} is missing: write code that breaks the rule"
        );
        writeln!(modules, "pub mod {};", rule.name).unwrap();
        write!(
            policy,
            "\n[[scope]]\npaths = [\"src/{file}\"]\nrules = {{ {} = \"deny\" }}\n",
            rule.name
        )
        .unwrap();
    }
    std::fs::write(to.join("src/lib.rs"), modules).unwrap();
    let stubs = folder("stubs").display().to_string();
    let stub = |name: &str| format!("{name} = {{ path = \"{stubs}/{name}\" }}\n");
    let manifest = format!(
        "[package]\nname = \"conventions-rules\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\netiquette = {{ path = \"{}\", features = [\"conventions\"] }}\n{}\
         tokio = {{ version = \"1.47\", features = [\"full\"] }}\n\
         tokio-util = {{ version = \"0.7.16\", features = [\"rt\"] }}\n",
        runtime(),
        ["bcrypt", "reqwest", "smol", "sqlx"].map(stub).concat(),
    );
    std::fs::write(to.join("Cargo.toml"), manifest).unwrap();
    (to, policy)
}

/// Compares what is said with the marks and with the texts; how many rules speak.
fn compare(krate: &Path) -> usize {
    let output = check(krate).output().unwrap();
    let all = messages(&output);
    assert!(!all.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: BTreeSet<Said> = all.iter().map(said).collect();
    assert_eq!(found, marked(krate, |_| "error"));

    let mut told = BTreeSet::new();
    let mut wrong = String::new();
    for message in &all {
        let name = rule(message);
        told.insert(name);
        let text = text(message, krate);
        assert!(text.contains("help: "), "{text}");
        let file = folder("rules").join(format!("{name}.stderr"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &text).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != text {
            write!(wrong, "{} is not:\n{text}\n", file.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    told.len()
}

/// As a terminal shows it, without what differs between machines.
fn text(message: &Value, krate: &Path) -> String {
    let shown = message["rendered"].as_str().unwrap();
    let shown = shown.replace(&krate.display().to_string(), "$DIR");
    // The bound of `task_not_send` is shown in our own source, whose lines move.
    let ours = shown.find("note: required by a bound in");
    let shown = ours.map_or(shown.as_str(), |at| shown[..at].trim_end());
    format!("{}\n", shown.trim_end())
}
