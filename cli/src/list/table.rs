//! The list for a terminal: one paragraph per function, since stacks are long and terminals narrow.

use std::fmt::Write as _;

use super::Listed;
use super::model::{Function, Runs, spoken};
use crate::text::{count, visible};

pub(super) fn print(listed: &Listed) -> String {
    let mut text = String::new();
    for function in &listed.annotated {
        annotated(&mut text, listed, function);
    }
    if !listed.plain.is_empty() {
        let heading = format!(
            "\x1b[1m{} without layers\x1b[0m",
            count(listed.plain.len(), "public async function")
        );
        let _ = writeln!(text, "{heading}");
        for function in &listed.plain {
            let _ = writeln!(text, "  {}  {}", function.name, place(listed, function));
        }
        text.push('\n');
    }
    text
}

fn annotated(text: &mut String, listed: &Listed, function: &Function) {
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "\x1b[1m{}\x1b[0m  {}",
        function.name,
        place(listed, function)
    );
    for layer in &function.layers {
        let from = if layer.from_defaults {
            "  \x1b[2m(from #[defaults])\x1b[0m"
        } else {
            ""
        };
        let _ = writeln!(text, "    {}{from}", visible(&layer.shown()));
    }
    let _ = writeln!(
        text,
        "  runs {}, takes {}",
        runs(function.bound.runs),
        worst(function)
    );
    for nested in &function.nested {
        let _ = writeln!(
            text,
            "  \x1b[33mretry inside a retry\x1b[0m: through {}, up to {} runs",
            nested.through.join(" → "),
            nested.runs
        );
    }
    text.push('\n');
}

fn runs(runs: Runs) -> String {
    match runs {
        Runs::AtMost(1) => "once".to_owned(),
        Runs::AtMost(n) => format!("up to {n} times"),
        Runs::Forever => "without a limit".to_owned(),
        Runs::Unknown => "an unknown number of times".to_owned(),
    }
}

fn worst(function: &Function) -> String {
    match (function.bound.worst, function.bound.with_hints) {
        (None, _) => "as long as the body takes".to_owned(),
        (Some(worst), Some(hints)) if hints == worst => format!("at most {}", spoken(worst)),
        (Some(worst), Some(hints)) => {
            format!(
                "at most {}; {} if its errors ask for waits",
                spoken(worst),
                spoken(hints)
            )
        }
        (Some(worst), None) => format!("at most {}; longer if its errors ask for waits", spoken(worst)),
    }
}

fn place(listed: &Listed, function: &Function) -> String {
    format!(
        "\x1b[2m{}:{}\x1b[0m",
        visible(&listed.path(function)),
        function.line
    )
}
