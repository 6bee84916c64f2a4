//! `explain`: the page of one rule, or one line for each.

use std::fmt::Write as _;

use etiquette_rules::{Rule, closest, rules};

use crate::failure::Failure;
use crate::report::Report;

pub(crate) fn run(name: Option<&str>) -> Result<Report, Failure> {
    let stdout = match name {
        None => all(),
        Some(name) => page(find(name)?),
    };
    Ok(Report {
        stdout,
        ..Report::default()
    })
}

/// `blocking_fs`, `blocking-fs` and `etq102` are the same rule.
fn find(name: &str) -> Result<&'static Rule, Failure> {
    let known = Rule::find(name).or_else(|| Rule::find(&name.to_uppercase()));
    let known = known.or_else(|| Rule::find(&name.to_lowercase()));
    known.ok_or_else(|| {
        let failure = Failure::new(format!("there is no rule `{name}`"));
        match closest(name, rules().iter().map(|rule| rule.name)) {
            Some(meant) => failure.help(format!("did you mean `{meant}`?")),
            None => failure.help("`cargo etiquette explain` lists all rules"),
        }
    })
}

fn page(rule: &Rule) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}\n", rule.explain.trim());
    let _ = writeln!(
        text,
        "# Change it\n\nFor the team: `{} = \"off\"` under `[rules]` in etiquette.toml",
        rule.name
    );
    let _ = writeln!(
        text,
        "At one place: `#[etiquette::exempt({}, reason = \"…\")]`, or `// etiquette: exempt({}) …`",
        rule.name, rule.name
    );
    text
}

fn all() -> String {
    let mut text = String::new();
    let width = rules().iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in rules() {
        let _ = writeln!(text, "{}  {:width$}  {}", rule.id, rule.name, rule.summary);
    }
    let _ = writeln!(text, "\n`cargo etiquette explain NAME` shows the page of a rule");
    text
}
