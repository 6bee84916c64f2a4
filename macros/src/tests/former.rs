//! Names from other libraries and earlier versions: the pages list every one, with the answer that the compiler gives.
//!
//! `BLESS=1 cargo test -p etiquette-macros` writes the tables anew.

use crate::options::OptionSet;
use crate::options::blocking::BlockingOptions;
use crate::options::cancellable::CancellableOptions;
use crate::options::circuit_breaker::CircuitBreakerOptions;
use crate::options::concurrency_limit::ConcurrencyLimitOptions;
use crate::options::fallback::FallbackOptions;
use crate::options::hedge::HedgeOptions;
use crate::options::instrument_task::InstrumentTaskOptions;
use crate::options::rate_limit::RateLimitOptions;
use crate::options::retry::RetryOptions;
use crate::options::shield::ShieldOptions;
use crate::options::value::schedule::ExponentialOptions;
use crate::options::with_timeout::WithTimeoutOptions;
use crate::runner::options::{MainOptions, TestOptions};
use std::collections::BTreeSet;
use std::path::Path;

const HEADING: &str = "# Names from other libraries\n\n";
const END: &str = "\n# Errors\n";

type Former = &'static [(&'static str, &'static str)];

const PAGES: &[(&str, &[(&str, Former)])] = &[
    ("cancellable", &[("", CancellableOptions::FORMER)]),
    ("circuit_breaker", &[("", CircuitBreakerOptions::FORMER)]),
    ("concurrency_limit", &[("", ConcurrencyLimitOptions::FORMER)]),
    ("fallback", &[("", FallbackOptions::FORMER)]),
    ("hedge", &[("", HedgeOptions::FORMER)]),
    ("shield", &[("", ShieldOptions::FORMER)]),
    ("blocking", &[("", BlockingOptions::FORMER)]),
    ("rate_limit", &[("", RateLimitOptions::FORMER)]),
    ("with_timeout", &[("", WithTimeoutOptions::FORMER)]),
    (
        "retry",
        &[
            ("", RetryOptions::FORMER),
            ("exponential(…)", ExponentialOptions::FORMER),
        ],
    ),
    ("instrument_task", &[("", InstrumentTaskOptions::FORMER)]),
    ("main", &[("", MainOptions::FORMER)]),
    ("test", &[("", TestOptions::FORMER)]),
];

/// Names with the same answer in one row, in the order of the list.
fn table(lists: &[(&str, Former)]) -> String {
    let mut out = String::from("Each is an error that says what to write:\n\n| instead of | |\n|---|---|\n");
    for (within, former) in lists {
        let mut answers: Vec<&str> = former.iter().map(|(_, answer)| *answer).collect();
        let mut seen = BTreeSet::new();
        answers.retain(|answer| seen.insert(*answer));
        for answer in answers {
            let names = former.iter().filter(|(_, same)| *same == answer);
            let names: Vec<String> = names.map(|(name, _)| format!("`{name}`")).collect();
            let within = if within.is_empty() {
                String::new()
            } else {
                format!(" in `{within}`")
            };
            out += &format!("| {}{within} | {answer} |\n", names.join(", "));
        }
    }
    out
}

#[test]
fn the_pages_list_every_former_name() {
    for (page, lists) in PAGES.iter().copied() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{page}.md"));
        let text = std::fs::read_to_string(&path).expect("the page");
        let (before, rest) = text
            .split_once(HEADING)
            .unwrap_or_else(|| panic!("{page} has no such table"));
        let at = rest.find(END).expect("errors come next");
        let wanted = format!("{before}{HEADING}{}{}", table(lists), &rest[at..]);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &wanted).expect("the page can be written");
        }
        let found = std::fs::read_to_string(&path).expect("the page");
        assert!(found == wanted, "docs/{page}.md is stale: BLESS=1 writes it anew");
    }
}

#[test]
fn no_former_name_is_an_option_of_today() {
    fn check<O: OptionSet>() {
        for (former, answer) in O::FORMER {
            assert!(
                !O::KEYS.iter().any(|(key, _)| key == former),
                "`{former}` is an option"
            );
            assert!(
                answer.contains('`'),
                "`{former}` is answered without anything to write: {answer}"
            );
        }
        let names: BTreeSet<&str> = O::FORMER.iter().map(|(former, _)| *former).collect();
        assert_eq!(
            names.len(),
            O::FORMER.len(),
            "a name stands twice in `{}`",
            O::ATTRIBUTE
        );
    }
    check::<CancellableOptions>();
    check::<CircuitBreakerOptions>();
    check::<WithTimeoutOptions>();
    check::<RetryOptions>();
    check::<ExponentialOptions>();
    check::<InstrumentTaskOptions>();
    check::<ConcurrencyLimitOptions>();
    check::<RateLimitOptions>();
    check::<FallbackOptions>();
    check::<HedgeOptions>();
    check::<ShieldOptions>();
    check::<BlockingOptions>();
    check::<MainOptions>();
    check::<TestOptions>();
}
