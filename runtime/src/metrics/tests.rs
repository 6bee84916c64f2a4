//! That the page shows the table, and what the table says holds.

use std::{collections::BTreeSet, fmt::Write as _};

use super::table::{Kind, METRICS};

const PAGE: &str = include_str!("../guide/telemetry.md");

#[test]
fn the_page_shows_the_table() {
    let mut rows = String::new();
    for metric in &METRICS {
        let values: Vec<String> = metric.values.iter().map(|value| format!("`{value}`")).collect();
        let second = match values.is_empty() {
            true => String::new(),
            false => format!(", `{}` = {}", metric.label, values.join(" ")),
        };
        let kind = format!("{:?}", metric.kind).to_lowercase();
        writeln!(
            rows,
            "| `{}` | {kind} | `{}`{second} | {} |",
            metric.name, metric.by, metric.help
        )
        .unwrap();
    }
    let head = "| metric | kind | labels | what |\n|---|---|---|---|\n";
    assert!(
        PAGE.contains(&format!("{head}{rows}\n")),
        "the table in guide/telemetry.md should be\n{head}{rows}"
    );
}

#[test]
fn names_are_those_of_their_kind() {
    let names: BTreeSet<_> = METRICS.iter().map(|metric| metric.name).collect();
    assert_eq!(names.len(), METRICS.len());
    for metric in &METRICS {
        let counts = metric.name.ends_with("_total");
        assert_eq!(metric.kind == Kind::Counter, counts, "{}", metric.name);
        assert_eq!(metric.kind == Kind::Histogram, metric.name.ends_with("_seconds"));
        assert_eq!(metric.label.is_empty(), metric.values.is_empty());
    }
}
