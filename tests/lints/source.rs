//! One source, two versions: attributes blanked out, or put where the corpus says `#[layers]`.

use crate::diff::Stack;

/// The attributes that are ours.
const OURS: &[&str] = &[
    "blocking",
    "cancellable",
    "circuit_breaker",
    "concurrency_limit",
    "fallback",
    "hedge",
    "instrument_task",
    "rate_limit",
    "retry",
    "shield",
    "with_timeout",
];

/// `source` without our attributes; every other character stays on its line.
pub(crate) fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut shown = None;
    while let Some(at) = rest.find("#[") {
        let end = at + closing(&rest[at..]);
        let attribute = &rest[at..end];
        out.push_str(&told(&rest[..at], &mut shown));
        if is_ours(attribute) {
            shown = introduced(attribute).or(shown);
            out.extend(attribute.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(attribute);
        }
        rest = &rest[end..];
    }
    out.push_str(&told(rest, &mut shown));
    out
}

/// `source` with the layers of `stack` wherever it says `#[layers]`, or `#[layers(not(…))]` with other stacks' names.
pub(crate) fn with_layers(source: &str, stack: &Stack) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("#[layers") {
        let end = at + closing(&rest[at..]);
        let refused: Vec<&str> = rest[at..end]
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .collect();
        out.push_str(&rest[..at]);
        out.push_str(match refused.contains(&stack.name) {
            true => "// Refused.",
            false => stack.layers,
        });
        rest = &rest[end..];
    }
    out + rest
}

/// Whether at this place `with` has something inside an attribute that `without` does not have.
pub(crate) fn is_in_an_option(with: &str, without: &str, line: u64, column: u64) -> bool {
    let at = |source: &str| {
        let line = source.lines().nth(usize::try_from(line - 1).ok()?)?;
        line.chars().nth(usize::try_from(column - 1).ok()?)
    };
    at(with) != at(without) && at(with) != Some('#')
}

/// Length of the bracketed text at the front of `text`.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => return at + 1,
            ']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// `#[retry…]`, `#[etiquette::retry…]`, `#[cfg_attr(all(), retry…)]`
fn is_ours(attribute: &str) -> bool {
    let inner = attribute.trim_start_matches("#[");
    let inner = inner.strip_prefix("cfg_attr(all(), ").unwrap_or(inner);
    let path: &str = inner.split(['(', ']']).next().unwrap_or_default();
    let name = path.rsplit("::").next().unwrap_or_default();
    OURS.contains(&name)
}

/// The name in `attempt = name`.
fn introduced(attribute: &str) -> Option<String> {
    let (_, rest) = attribute.split_once("attempt = ")?;
    rest.split([',', ')']).next().map(str::to_owned)
}

/// `text`, in which the body of the function that comes next has the name that a `retry` would show to it.
fn told(text: &str, shown: &mut Option<String>) -> String {
    match (text.split_once(" {\n"), shown.as_ref()) {
        (Some((head, body)), Some(name)) => {
            let text = format!("{head} {{ let {name} = crate::At::default();\n{body}");
            *shown = None;
            text
        }
        _ => text.to_owned(),
    }
}

#[test]
fn what_is_ours_is_blanked_and_nothing_moves() {
    let source = "#[must_use]\n#[retry(\n    attempt = at,\n)]\nasync fn f() {\n    at[0]\n}\n";
    let expected = "#[must_use]\n        \n                 \n  \nasync fn f() { let at = crate::At::default();\n    at[0]\n}\n";
    assert_eq!(plain(source), expected);
    assert_eq!(plain("#[cfg_attr(all(), with_timeout(5s))] x").trim(), "x");
    assert_eq!(plain("#[retrying] x"), "#[retrying] x");
}

#[test]
fn layers_stand_where_they_are_taken() {
    let stack = Stack {
        name: "hedge",
        layers: "#[hedge]",
        files: &[],
    };
    let source = "#[layers]\nasync fn f() {}\n#[layers(not(hedge, shield))]\nasync fn g() {}\n#[layers(not(shield))] h";
    let expected = "#[hedge]\nasync fn f() {}\n// Refused.\nasync fn g() {}\n#[hedge] h";
    assert_eq!(with_layers(source, &stack), expected);
}
