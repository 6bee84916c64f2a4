//! What stays written by hand, and what a rule has to leave alone: each file is compiled and run here, and read by the
//! rule engine, which has to find nothing in it.

mod accepts;
mod blocks;
mod guards;
mod selects;
mod ticks;

use etiquette_rules::{Policy, check_source};
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

/// The same team on a day of high demands, with the one rule that no preset has on.
fn strict() -> String {
    let policy = POLICY.replace("\"server\"", "\"strict\"");
    policy.replace(
        "[blocking]",
        "[rules]\nasync_guard_across_await = \"warn\"\n\n[blocking]",
    )
}

/// What a policy finds in a file of the product.
fn found(policy: &str, path: &str, text: &str) -> Vec<String> {
    let policy = Policy::parse(Path::new("etiquette.toml"), policy).expect("the policy is right");
    let findings = check_source(Path::new(path), text, &policy);
    findings
        .iter()
        .map(|finding| format!("{}:{}", finding.rule.name, finding.start.line))
        .collect()
}

/// Where the product has each file: what has a command in it stands with the commands.
const FILES: [(&str, &str); 5] = [
    ("src/accepts.rs", include_str!("accepts.rs")),
    ("src/cli/blocks.rs", include_str!("blocks.rs")),
    ("src/guards.rs", include_str!("guards.rs")),
    ("src/selects.rs", include_str!("selects.rs")),
    ("src/ticks.rs", include_str!("ticks.rs")),
];

// RW24 to RW27, RW36 to RW39: no rule speaks up.
#[test]
fn the_rules_are_silent() {
    for (path, text) in FILES {
        assert_eq!(found(POLICY, path, text), [""; 0], "{path}");
    }
    // RW26: a cancellation that comes first is right for the strictest as well.
    let selects = found(&strict(), "src/selects.rs", FILES[3].1);
    assert!(
        !selects
            .iter()
            .any(|found| found.starts_with("cancel_branch_last")),
        "{selects:?}"
    );
}

// What that silence is worth: each file without what makes it right.
#[test]
fn the_rules_are_awake() {
    let without = |file: usize, parts: &[(&str, &str)]| {
        let mut text = FILES[file].1.to_owned();
        for (part, instead) in parts {
            assert!(text.contains(part), "{part}");
            text = text.replace(part, instead);
        }
        text
    };
    let no_permit = [
        ("permit", "it"),
        ("acquire_owned", "take"),
        ("limit", "places"),
        ("Semaphore", "Places"),
    ];
    let not_never = [("-> ! {", "{")];
    let no_reason = [(
        "// etiquette: exempt(endless_loop) it ends with the runtime that it has for itself",
        "",
    )];
    let not_pooled = [("pool::call_with_permit(move || ", "pool::call(")];
    let strict = strict();
    for (rule, policy, path, text) in [
        (
            "unbounded_accept_loop",
            POLICY,
            "src/accepts.rs",
            without(0, &no_permit),
        ),
        ("blocking_fs", POLICY, "src/blocks.rs", without(1, &[])),
        ("blocking_fs", POLICY, "src/blocks.rs", without(1, &not_pooled)),
        (
            "async_guard_across_await",
            &*strict,
            "src/guards.rs",
            without(2, &[]),
        ),
        (
            "cancel_branch_last",
            &*strict,
            "src/selects.rs",
            without(3, &[("biased;", "")]),
        ),
        ("endless_loop", POLICY, "src/ticks.rs", without(4, &not_never)),
        ("endless_loop", POLICY, "src/ticks.rs", without(4, &no_reason)),
    ] {
        let found = found(policy, path, &text);
        assert!(
            found.iter().any(|found| found.starts_with(rule)),
            "{rule}: {found:?}"
        );
    }
    // With the pool there is one finding less.
    let blocks = |text: &str| found(POLICY, "src/blocks.rs", text).len();
    assert_eq!(blocks(&without(1, &not_pooled)), blocks(FILES[1].1) + 1);
}
