//! Every idiom is accounted for, as the hard cases are: its number, `RW` and two digits in a comment, stands where it is
//! written, and `IDIOMS.md` beside says where.

use super::{Places, all_are_placed, is_blessed, link, numbers, places, read, root};
use std::fmt::Write;

/// What becomes of an idiom.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Attributes and functions of etiquette express it.
    Expressed,
    /// It stays as it is written by hand, and no rule speaks up.
    ByHand,
    /// Declined: the page has a chapter of this name that says why, and what to write.
    Declined(&'static str),
}

use Kind::{ByHand, Declined, Expressed};

/// The idioms from RW01 on.
const IDIOMS: [(Kind, &str); 40] = [
    (Expressed, "a limit from a field of `self`, flattened"),
    (
        Expressed,
        "a limit from a configuration, logged and mapped; a part of a body",
    ),
    (Expressed, "a limit that may be absent, as an `io::Error`"),
    (Expressed, "one deadline for three steps"),
    (Expressed, "a budget that goes down and is handed on"),
    (Expressed, "a constant limit on a whole handler"),
    (Expressed, "a timeout and a cancellation with an error each"),
    (Expressed, "a token in `self`, heard in the pauses of a retry"),
    (Expressed, "a token parameter, and `Ok(())` when it is cancelled"),
    (Expressed, "a `&mut watch::Receiver<bool>` to stop on"),
    (Expressed, "a shutdown type of one's own, with `recv()`"),
    (Expressed, "a future of one's own, lent to each round of a loop"),
    (Expressed, "an ambient token around the inner part of a task"),
    (Expressed, "cancelled when the caller is dropped"),
    (
        Expressed,
        "cancelled, then aborted; restarted on an unexpected end",
    ),
    (
        Expressed,
        "a retry helper: permanent or not, louder after a while, `None` when cancelled",
    ),
    (Expressed, "a retry trait of one's own, with the server's hint"),
    (Expressed, "a retry policy from a configuration"),
    (
        Expressed,
        "a request that is built and signed anew for each attempt",
    ),
    (Expressed, "an error that carries the decision and the delay"),
    (Expressed, "an endless reconnect, reset by success"),
    (
        Declined("Retries that cannot fail"),
        "an endless retry that returns `T`",
    ),
    (
        Expressed,
        "a retry whose count is stored and outlives the program",
    ),
    (
        ByHand,
        "a select with guards, a phase to drain and a log of progress",
    ),
    (ByHand, "a select over handles that may not be there"),
    (
        ByHand,
        "a biased select with five branches, the cancellation first",
    ),
    (Expressed, "a permit before the accept, moved into the task"),
    (Expressed, "a permit with a time limit of its own"),
    (Expressed, "a spawn with span, name, log and count"),
    (
        Expressed,
        "a handle that aborts when dropped, or a task in the background",
    ),
    (Expressed, "a shutdown with a deadline that names who is late"),
    (Expressed, "a gate that closes behind those who are in"),
    (Expressed, "span fields from arguments and later, and a parent"),
    (Expressed, "the level of errors, function by function"),
    (Expressed, "a report of a slow call while it runs"),
    (ByHand, "a metrics loop that is not to end"),
    (ByHand, "blocking work through a pool of one's own"),
    (ByHand, "blocking reads at the start and in commands"),
    (ByHand, "an async guard that is held on purpose"),
    (Expressed, "all of it on the methods of `#[async_trait]`"),
];

const FOLDERS: [&str; 3] = ["tests/idioms", "tests/behaviour", "examples/src/bin"];

/// The page with the reasons.
const DECLINED: &str = "runtime/src/guide/declined.md";

/// `RW07`
fn idiom(word: &str) -> Option<usize> {
    let digits = word.strip_prefix("RW").filter(|digits| digits.len() == 2)?;
    digits.parse().ok()
}

/// Where each idiom is written.
fn written() -> Places {
    let mut places = places(&FOLDERS, idiom);
    // The list of modules names the first and the last.
    for files in places.values_mut() {
        files.retain(|file| !file.ends_with("idioms/main.rs"));
    }
    places.retain(|_, files| !files.is_empty());
    places
}

fn page(places: &Places) -> String {
    let count = |is: fn(&Kind) -> bool| IDIOMS.iter().filter(|(kind, _)| is(kind)).count();
    let mut out = format!(
        "# Idioms\n\n\
        How asynchronous code on Tokio is written in public code bases today, by number, and the tests that write it with\n\
        etiquette. A test carries the number in a comment; `tests/index` looks for all of them and has written this page\n\
        (`BLESS=1` writes it anew).\n\n\
        Of {} idioms {} are expressed, and {} stay as they are and no rule speaks up. Declined, with what to write in its\n\
        place: {}.\n\n\
        | | idiom | | where |\n|---|---|---|---|\n",
        IDIOMS.len(),
        count(|kind| *kind == Expressed),
        count(|kind| *kind == ByHand),
        count(|kind| matches!(kind, Declined(_))),
    );
    for (at, (kind, title)) in IDIOMS.iter().enumerate() {
        let kind = match kind {
            Expressed => "expressed".to_owned(),
            ByHand => "by hand".to_owned(),
            Declined(chapter) => format!("declined: [{chapter}](../{DECLINED})"),
        };
        let files: Vec<String> = places
            .get(&(at + 1))
            .into_iter()
            .flatten()
            .map(|file| link(file))
            .collect();
        writeln!(
            out,
            "| RW{:02} | {title} | {kind} | {} |",
            at + 1,
            files.join(", ")
        )
        .expect("a string");
    }
    out
}

#[test]
fn every_idiom_is_somewhere_and_the_page_says_where() {
    let places = written();
    all_are_placed(&places, IDIOMS.len());
    is_blessed("tests/IDIOMS.md", &page(&places));
}

#[test]
fn what_is_declined_has_a_chapter_with_code_to_write() {
    let page = read(&root().join(DECLINED));
    let mut declined = 0;
    for (kind, title) in IDIOMS {
        let Declined(chapter) = kind else { continue };
        declined += 1;
        let (_, text) = page
            .split_once(&format!("\n## {chapter}\n"))
            .unwrap_or_else(|| panic!("{title}: no `{chapter}`"));
        let text = text.split("\n## ").next().unwrap_or(text);
        assert!(text.contains("```rust"), "{chapter}: nothing to write");
    }
    assert_eq!(page.matches("\n## ").count(), declined, "a chapter too many");
}

#[test]
fn what_stays_by_hand_is_read_by_the_rules() {
    let places = written();
    for (at, _) in IDIOMS.iter().enumerate().filter(|(_, (kind, _))| *kind == ByHand) {
        let read = places[&(at + 1)]
            .iter()
            .any(|file| file.starts_with("tests/idioms/kept/"));
        assert!(read, "RW{:02}", at + 1);
    }
}

#[test]
fn numbers_are_found_in_comments_alone() {
    let source =
        "// RW01, RW03 (RW07 to RW09)\nlet RW10 = \"RW11\"; // see RW12.\n// RW14 to\n// RW16, RW5 and RW\n";
    assert_eq!(
        numbers(source, idiom).into_iter().collect::<Vec<_>>(),
        [1, 3, 7, 8, 9, 12, 14, 16]
    );
}
