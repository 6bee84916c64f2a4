//! What is known of one function.

use std::path::PathBuf;
use std::time::Duration;

use proc_macro2::TokenStream;

use super::bound::Bound;

/// A function: annotated, public and async without a layer, or neither.
#[derive(Clone, Debug)]
pub(super) struct Function {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    /// The package it is in.
    pub(super) package: String,
    /// `Client::user`, with the modules around it inside the file.
    pub(super) name: String,
    /// The type or trait whose block it is in.
    pub(super) owner: Option<String>,
    pub(super) ident: String,
    pub(super) public: bool,
    pub(super) in_tests: bool,
    /// Whether it is part of the list; the others only make names ambiguous.
    pub(super) shown: bool,
    /// Its layers, outermost first.
    pub(super) layers: Vec<Layer>,
    pub(super) calls: Vec<Call>,
    pub(super) bound: Bound,
    /// Retries that run inside its own, through functions of the same package.
    pub(super) nested: Vec<Nested>,
}

/// One attribute of a stack.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) name: &'static str,
    pub(super) args: TokenStream,
    /// Whether a `#[defaults]` around the function brought it.
    pub(super) from_defaults: bool,
}

/// A call in a function's body, by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Call {
    /// `Type` of `Type::name(…)`.
    pub(super) owner: Option<String>,
    pub(super) name: String,
    pub(super) kind: CallKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum CallKind {
    /// `name(…)` or `Type::name(…)`.
    Path,
    /// `self.name(…)`.
    OnSelf,
    /// `anything.name(…)`.
    Method,
}

/// A retry inside a retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Nested {
    /// The functions from the outer retry to the inner one, the outer left out.
    pub(super) through: Vec<String>,
    /// How often the innermost body can run for one call of the outer function.
    pub(super) runs: Runs,
}

/// How often a body runs for one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    AtMost(u64),
    Forever,
    /// The literals do not tell.
    Unknown,
}

impl Runs {
    pub(super) const ONCE: Self = Runs::AtMost(1);

    pub(super) fn times(self, other: Self) -> Self {
        match (self, other) {
            (Runs::Forever, _) | (_, Runs::Forever) => Runs::Forever,
            (Runs::Unknown, _) | (_, Runs::Unknown) => Runs::Unknown,
            (Runs::AtMost(a), Runs::AtMost(b)) => Runs::AtMost(a.saturating_mul(b)),
        }
    }

    /// Whether it can be more than one.
    pub(super) fn several(self) -> bool {
        !matches!(self, Runs::AtMost(0 | 1))
    }
}

impl std::fmt::Display for Runs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Runs::AtMost(n) => write!(f, "{n}"),
            Runs::Forever => f.write_str("no limit"),
            Runs::Unknown => f.write_str("unknown"),
        }
    }
}

impl Layer {
    /// As it is written above the function, without spaces that only tokens have.
    pub(super) fn shown(&self) -> String {
        if self.args.is_empty() {
            return self.name.to_owned();
        }
        format!("{}({})", self.name, tidy(&self.args.to_string()))
    }
}

/// Tokens as a person spaces them, near enough for a table.
fn tidy(tokens: &str) -> String {
    let mut text = tokens.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        (" ,", ","),
        (" . ", "."),
        (" :: ", "::"),
        (":: ", "::"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
        (" ;", ";"),
        (" !", "!"),
        ("[ ", "["),
        (" ]", "]"),
        ("| | ", "|| "),
        ("% ", "%"),
        ("= |", "= |"),
    ] {
        text = text.replace(from, to);
    }
    text
}

/// `30s`, `250ms`, `1m 30s`: at most two units.
pub(super) fn spoken(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    const UNITS: [(u128, &str); 7] = [
        (86_400_000_000_000, "d"),
        (3_600_000_000_000, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];
    let Some(first) = UNITS.iter().position(|(unit, _)| nanos >= *unit) else {
        return "0s".to_owned();
    };
    // Below a minute one number reads better: `6.3s`.
    if nanos < 60_000_000_000 {
        let (unit, name) = UNITS[first];
        let thousandths = (nanos * 1000 / unit) as f64 / 1000.0;
        return format!("{thousandths}{name}");
    }
    let (unit, name) = UNITS[first];
    let (next, next_name) = UNITS[first + 1];
    match nanos % unit / next {
        0 => format!("{}{name}", nanos / unit),
        rest => format!("{}{name} {rest}{next_name}", nanos / unit),
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;
    use std::time::Duration;

    #[test]
    fn durations_are_short() {
        for (millis, text) in [
            (0, "0s"),
            (250, "250ms"),
            (6300, "6.3s"),
            (30_000, "30s"),
            (90_000, "1m 30s"),
            (7_200_000, "2h"),
        ] {
            assert_eq!(spoken(Duration::from_millis(millis)), text);
        }
    }
}
