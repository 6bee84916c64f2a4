//! What is worth parsing: a byte search decides, since most of a tree holds nothing that a rule looks at.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// Words without which no rule has anything to say: `async` covers every rule about async code, the others have
/// something to say in plain functions too.
const CODE: [&str; 8] = [
    "async",
    "unbounded",
    "spawn",
    "reqwest",
    "smol",
    "select",
    "exempt",
    "etiquette:",
];

/// The same for test code under the `minimal` preset.
const TESTS: [&str; 5] = ["block_on", "blocking_", "retry", "exempt", "etiquette:"];

/// Words that some rule looks for once another has made it look at all: a function that holds one is kept.
const KEPT: [&str; 2] = ["timeout", "deadline"];

static KEPT_FINDERS: LazyLock<Vec<Finder<'static>>> =
    LazyLock::new(|| KEPT.iter().map(|w| Finder::new(*w)).collect());
static CODE_FINDERS: LazyLock<Vec<Finder<'static>>> =
    LazyLock::new(|| CODE.iter().map(|w| Finder::new(*w)).collect());
static TEST_FINDERS: LazyLock<Vec<Finder<'static>>> =
    LazyLock::new(|| TESTS.iter().map(|w| Finder::new(*w)).collect());

/// Rules that find something in test code without one of the words of `CODE`, by their names.
const TEST_RULES: [&str; 6] = [
    "nested_runtime",
    "retried_transaction",
    "nested_retry",
    "stale_exempt",
    "exempt_without_reason",
    "policy_entry_unused",
];

/// Where in a text a rule could have something to say.
#[derive(Debug)]
pub(crate) struct Words {
    code: Vec<usize>,
    tests: Option<Vec<usize>>,
}

impl Words {
    /// `few_in_tests`: only the rules of `TEST_RULES` are on in test code.
    pub(crate) fn find(text: &str, few_in_tests: bool) -> Self {
        let tests = few_in_tests.then(|| places(&TEST_FINDERS, text));
        let mut code = places(&CODE_FINDERS, text);
        if !code.is_empty() {
            code.extend(places(&KEPT_FINDERS, text));
            code.sort_unstable();
        }
        Self { code, tests }
    }

    pub(crate) fn any(&self, in_tests: bool) -> bool {
        !self.of(in_tests).is_empty()
    }

    pub(crate) fn any_in(&self, range: Range<usize>, in_tests: bool) -> bool {
        let places = self.of(in_tests);
        places
            .get(places.partition_point(|place| *place < range.start))
            .is_some_and(|place| *place < range.end)
    }

    fn of(&self, in_tests: bool) -> &[usize] {
        match &self.tests {
            Some(tests) if in_tests => tests,
            _ => &self.code,
        }
    }
}

fn places(finders: &[Finder<'_>], text: &str) -> Vec<usize> {
    let mut places: Vec<usize> = finders
        .iter()
        .flat_map(|finder| finder.find_iter(text.as_bytes()))
        .collect();
    places.sort_unstable();
    places
}

/// Whether these are all the rules that are on in test code.
pub(crate) fn few_in_tests<'r>(mut on: impl Iterator<Item = &'r str>) -> bool {
    on.all(|rule| TEST_RULES.contains(&rule))
}

/// Whether any rule can have anything to say about this text.
pub(crate) fn may_break_rules(text: &str) -> bool {
    CODE_FINDERS
        .iter()
        .any(|word| word.find(text.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::{Words, may_break_rules};

    #[test]
    fn plain_files_are_not_parsed() {
        assert!(!may_break_rules("fn add(a: u32, b: u32) -> u32 { a + b }"));
        assert!(may_break_rules("async fn f() {}"));
        assert!(may_break_rules("let (tx, rx) = flume::unbounded();"));
    }

    #[test]
    fn words_are_found_by_range() {
        let words = Words::find("fn a() {} async fn b() {}", true);
        assert!(words.any(false) && !words.any(true));
        assert!(words.any_in(8..20, false) && !words.any_in(0..10, false) && !words.any_in(11..20, false));
    }
}
