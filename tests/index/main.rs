//! Every hard case is accounted for: its number, `H` and a number in a comment, stands at the test that proves it, and
//! `README.md` beside says where.
//!
//! `BLESS=1 cargo test -p etiquette-tests --test index` writes the README anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod cases;
mod examples;
mod idioms;

use cases::{CASES, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Where tests are, from the workspace's root.
const FOLDERS: [&str; 7] = [
    "tests/behaviour",
    "tests/cost",
    "tests/hygiene",
    "tests/lints",
    "tests/shapes",
    "tests/ui",
    "macros/src/tests",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every source file under `folder`, but for what git ignores.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.ends_with("target") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The number that a word is, `None` for any other word.
type Reader = fn(&str) -> Option<usize>;

/// `H12`
fn hard_case(word: &str) -> Option<usize> {
    word.strip_prefix('H')?.parse().ok()
}

/// The numbers in the comments of `source`: `H12`, and both ends and all between of `H12 to H14`.
fn numbers(source: &str, read: Reader) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for comment in source.lines().filter_map(|line| Some(line.split_once("//")?.1)) {
        let mut until = None;
        for word in comment
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            let number = read(word);
            match (number, until) {
                (Some(number), Some((from, true))) => found.extend(from..=number),
                (Some(number), _) => {
                    found.insert(number);
                }
                _ => {}
            }
            until = match (number, until) {
                (Some(number), _) => Some((number, false)),
                (None, Some((from, false))) if word == "to" => Some((from, true)),
                _ => None,
            };
        }
    }
    found
}

type Places = BTreeMap<usize, BTreeSet<String>>;

/// The files in `folders` that carry each number.
fn places(folders: &[&str], reader: Reader) -> Places {
    let root = root();
    let mut found = Places::new();
    for folder in folders {
        let mut files = Vec::new();
        sources(&root.join(folder), &mut files);
        for file in files {
            let name = file
                .strip_prefix(&root)
                .expect("inside")
                .to_string_lossy()
                .replace('\\', "/");
            for number in numbers(&read(&file), reader) {
                found.entry(number).or_default().insert(name.clone());
            }
        }
    }
    found
}

fn readme(places: &Places) -> String {
    let count = |is: fn(&Kind) -> bool| CASES.iter().filter(|(kind, _)| is(kind)).count();
    let mut out = format!(
        "# Hard cases\n\n\
        What an attribute on an `async fn` has to survive, by number, and the tests that prove it. A test carries the\n\
        number in a comment; `tests/index` looks for all of them and has written this page (`BLESS=1` writes it anew).\n\n\
        Of {} cases {} work, {} are refused with a message of ours that says what to write, {} get rustc's own error or\n\
        lint on the user's own words, and {} are as they are and documented.\n\n\
        | | case | | where |\n|---|---|---|---|\n",
        CASES.len(),
        count(|kind| *kind == Kind::Works),
        count(|kind| *kind == Kind::Declined),
        count(|kind| *kind == Kind::Said),
        count(|kind| matches!(kind, Kind::Documented(_))),
    );
    for (at, (kind, title)) in CASES.iter().enumerate() {
        let number = at + 1;
        let kind = match kind {
            Kind::Works => "works".to_owned(),
            Kind::Declined => "refused with a message".to_owned(),
            Kind::Said => "rustc's own message".to_owned(),
            Kind::Documented(word) => format!("documented (`{word}`)"),
        };
        let at: Vec<String> = places
            .get(&number)
            .into_iter()
            .flatten()
            .map(|file| link(file))
            .collect();
        writeln!(out, "| H{number} | {title} | {kind} | {} |", at.join(", ")).expect("a string");
    }
    out
}

/// A link from `tests/README.md` to a file named from the root.
fn link(file: &str) -> String {
    match file.strip_prefix("tests/") {
        Some(inside) => format!("[{inside}]({inside})"),
        None => format!("[{file}](../{file})"),
    }
}

#[test]
fn every_case_is_somewhere_and_the_readme_says_where() {
    let places = places(&FOLDERS, hard_case);
    all_are_placed(&places, CASES.len());
    is_blessed("tests/README.md", &readme(&places));
}

/// Each number from 1 to `last` is somewhere, and no other.
#[track_caller]
fn all_are_placed(places: &Places, last: usize) {
    let unknown: Vec<&usize> = places
        .keys()
        .filter(|number| !(1..=last).contains(*number))
        .collect();
    assert!(unknown.is_empty(), "no such cases: {unknown:?}");
    let missing: Vec<usize> = (1..=last).filter(|number| !places.contains_key(number)).collect();
    assert!(missing.is_empty(), "no test carries {missing:?}");
}

/// The page at `path` says what it should; with `BLESS` set it is made to.
#[track_caller]
fn is_blessed(path: &str, wanted: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, wanted).expect("the page can be written");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "{path} is stale: BLESS=1 writes it anew");
}

/// The messages of the ui tests that carry `number`.
fn messages(number: usize, places: &Places) -> Vec<String> {
    let files = places[&number]
        .iter()
        .map(|file| root().join(file).with_extension("stderr"));
    files
        .filter(|file| file.exists())
        .map(|file| read(&file))
        .collect()
}

#[test]
fn what_is_refused_shows_its_message_and_the_way_out() {
    let places = places(&FOLDERS, hard_case);
    for (at, (kind, title)) in CASES.iter().enumerate() {
        let number = at + 1;
        if matches!(kind, Kind::Declined | Kind::Said) {
            let messages = messages(number, &places);
            assert!(!messages.is_empty(), "H{number} ({title}) has no ui test");
            let way_out = |message: &String| message.contains(" help: ") || message.contains("= note: or ");
            assert!(
                *kind == Kind::Said || messages.iter().any(way_out),
                "H{number} ({title}): no message says what to write"
            );
        }
    }
}

/// The names of the layers: each has a page.
fn layers() -> Vec<String> {
    let rows = read(&root().join("macros/src/layers.rs"));
    let names = rows.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix('"')?.split_once("\" =>")?;
        Some(name.to_owned())
    });
    let names: Vec<String> = names.collect();
    assert!(names.len() >= 11, "the layers are gone: {names:?}");
    names
}

#[test]
fn what_is_documented_is_on_every_page() {
    for (at, (kind, _)) in CASES.iter().enumerate() {
        let Kind::Documented(word) = kind else { continue };
        for page in layers() {
            let page = root().join(format!("macros/docs/{page}.md"));
            assert!(
                read(&page).contains(word),
                "H{}: not on {}",
                at + 1,
                page.display()
            );
        }
    }
}

#[test]
fn numbers_are_found_in_comments_alone() {
    let source =
        "// H1, H3 (H4 to H6)\nlet H7 = \"H8\"; // see H9.\n//! H10 to\n//! H12, HTTP2, SHA1 and H\n";
    assert_eq!(
        numbers(source, hard_case).into_iter().collect::<Vec<_>>(),
        [1, 3, 4, 5, 6, 9, 10, 12]
    );
}
