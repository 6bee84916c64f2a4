//! What stays written by hand, and what a rule has to leave alone: each file is compiled and run here, and read by the
//! rule engine, which has to find nothing in it.

mod accepts;
mod blocks;
mod guards;
mod selects;
mod ticks;

use etiquette_rules::{Finding, Level, Policy, check_source, rules};
use std::path::Path;

/// The policy of a team with a pool of its own for what blocks, whose start-up and commands may block where they stand.
const POLICY: &str = r#"
preset = "server"
rules-edition = "2026.1"

[blocking]
wrappers = ["crate::kept::blocks::pool::call_with_permit"]

[[scope]]
paths = ["src/cli/**"]
preset = "cli"
"#;

/// What the `server` preset of the team finds in a file of the product, at a level of at least a warning.
fn found(path: &str, text: &str) -> Vec<String> {
    let policy = Policy::parse(Path::new("etiquette.toml"), POLICY).expect("the policy is right");
    let findings = check_source(Path::new(path), text, &policy);
    let heard = findings.iter().filter(|finding| finding.level > Level::Off);
    heard
        .map(|finding: &Finding| format!("{}:{}", finding.rule.name, finding.start.line))
        .collect()
}

macro_rules! files {
    ($($path:literal)*) => { [$(($path, include_str!($path))),*] };
}

// RW24 to RW27, RW36 to RW39: no rule speaks up.
#[test]
fn the_rules_are_silent() {
    for (file, text) in files!("accepts.rs" "blocks.rs" "guards.rs" "selects.rs" "ticks.rs") {
        // `src/cli/` is where the product has its commands.
        let path = format!("{}/{file}", if file == "blocks.rs" { "src/cli" } else { "src" });
        assert_eq!(found(&path, text), [""; 0], "{file}");
    }
}

// What the silence above is worth: the same code without the part that makes it right.
#[test]
fn the_rules_are_awake() {
    for (rule, file, text, from, to) in [
        ("cancel_branch_last", "selects.rs", include_str!("selects.rs"), "biased;", ""),
        ("endless_loop", "ticks.rs", include_str!("ticks.rs"), "-> ! {", "{"),
        ("unbounded_accept_loop", "accepts.rs", include_str!("accepts.rs"), "acquire_owned", "clone_of"),
        ("blocking_fs", "blocks.rs", include_str!("blocks.rs"), "", ""),
    ] {
        let changed = text.replace(from, to);
        let found = found(&format!("src/{file}"), &changed);
        assert!(found.iter().any(|found| found.starts_with(rule)), "{rule}: {found:?}");
    }
    // RW39: off under `server`, on where a team asks for it.
    let strict = Policy::parse(
        Path::new("etiquette.toml"),
        "preset = \"server\"\nrules-edition = \"2026.1\"\n[rules]\nasync_guard_across_await = \"warn\"\n",
    );
    let findings = check_source(Path::new("src/guards.rs"), include_str!("guards.rs"), &strict.unwrap());
    assert!(!findings.is_empty());
    assert!(findings.iter().all(|finding| finding.rule.name == "async_guard_across_await"));
    assert!(rules().iter().any(|rule| rule.name == "async_guard_across_await"));
}
