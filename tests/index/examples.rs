//! Examples are counted: every page has some, every public name is used in one, every program is named on a page, and what the
//! README points to is there.

use super::{read, root, sources};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The pages of the guide with a pattern each, in the order of its first page.
const PATTERNS: [&str; 14] = [
    "cancellation",
    "timeouts",
    "retries",
    "spans",
    "shutdown",
    "concurrency",
    "channels",
    "blocking",
    "locks",
    "async_traits",
    "streams",
    "pools",
    "testing",
    "conventions",
];

/// What each of them has, in this order.
const CHAPTERS: [&str; 5] = [
    "# By hand",
    "# With etiquette",
    "# How to test it",
    "# Limits",
    "# A program to run",
];

/// One code block that rustdoc compiles: what stands behind its fence, and what is in it.
struct Example {
    words: String,
    code: String,
}

impl Example {
    fn is_run(&self) -> bool {
        !["no_run", "compile_fail"]
            .iter()
            .any(|word| self.words.contains(word))
    }
}

/// The code blocks of a text in Markdown that are not marked as something other than Rust.
fn examples(markdown: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for line in markdown.lines() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(words), None) => {
                open = Some(Example {
                    words: words.to_owned(),
                    code: String::new(),
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(example)) => example.code += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    let other = ["text", "toml", "sh", "json"];
    found.retain(|example| !other.contains(&&*example.words));
    found
}

/// The documentation in a source file, as Markdown.
fn documentation(source: &str) -> String {
    let lines = source.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))
    });
    lines
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

/// The files in `folder` that end in this.
fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect("the folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).expect("a name")
}

/// The pages of the macros and of the guide.
fn pages() -> Vec<PathBuf> {
    let mut pages = files("macros/docs", ".md");
    pages.extend(files("runtime/src/guide", ".md"));
    pages
}

/// All that rustdoc compiles in the runtime crate.
fn all() -> Vec<Example> {
    let mut all: Vec<Example> = pages().iter().flat_map(|page| examples(&read(page))).collect();
    all.extend(examples(&read(&root().join("README.md"))));
    let mut files = Vec::new();
    sources(&root().join("runtime/src"), &mut files);
    all.extend(
        files
            .iter()
            .flat_map(|file| examples(&documentation(&read(file)))),
    );
    all
}

#[test]
fn every_page_has_an_example_and_none_is_ignored() {
    for page in pages() {
        let text = read(&page);
        let examples = examples(&text);
        // Metrics and events are tables.
        assert!(
            stem(&page) == "telemetry" || !examples.is_empty(),
            "{} has no example",
            page.display()
        );
        for example in &examples {
            assert!(
                !example.words.contains("ignore"),
                "{}: {}",
                page.display(),
                example.code
            );
        }
    }
    let all = all();
    let run = all.iter().filter(|example| example.is_run()).count();
    assert!(all.len() >= 210, "{} examples", all.len());
    assert!(
        run * 10 >= all.len() * 9,
        "{run} of {} examples are run",
        all.len()
    );
    assert!(
        all.iter().all(|example| !example.words.contains("ignore")),
        "an example is ignored"
    );
}

#[test]
fn most_examples_on_the_pages_assert_something() {
    let examples: Vec<Example> = pages().iter().flat_map(|page| examples(&read(page))).collect();
    let run: Vec<&Example> = examples.iter().filter(|example| example.is_run()).collect();
    let silent: Vec<&str> = run
        .iter()
        .map(|example| &*example.code)
        .filter(|code| {
            !["assert", "unwrap", "expect("]
                .iter()
                .any(|word| code.contains(word))
        })
        .collect();
    assert!(
        silent.len() * 10 <= run.len(),
        "{} say nothing:\n{}",
        silent.len(),
        silent.join("---\n")
    );
}

/// The names in the `pub use` of a file, without those that are hidden.
fn reexported(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut before = "";
    for part in source.split("\npub use ") {
        let is_hidden = before.ends_with("#[doc(hidden)]");
        let is_first = std::mem::replace(&mut before, part).is_empty();
        if is_first || is_hidden {
            continue;
        }
        let item = part.split(';').next().unwrap_or_default();
        let list = item.split_once('{').map_or(item, |(_, list)| list);
        for name in list.split(',') {
            let last = name.rsplit("::").next().unwrap_or_default();
            let last: String = last
                .chars()
                .filter(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            names.insert(last);
        }
    }
    names.remove("");
    names
}

#[test]
fn every_public_name_is_used_in_an_example() {
    let all = all();
    let words: BTreeSet<&str> = all
        .iter()
        .flat_map(|example| example.code.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect();
    let mut names = reexported(&read(&root().join("runtime/src/lib.rs")));
    names.extend(reexported(&read(&root().join("runtime/src/testing/mod.rs"))));
    assert!(names.len() > 90, "{} names are public", names.len());
    // What calls return, and nobody has to name.
    let unnamed = [
        "ActiveFault",
        "CircuitPermit",
        "Deadline",
        "Detachable",
        "FaultOf",
        "Isolated",
        "OfOperation",
        "OrCancelled",
        "Override",
        "Provide",
        "Run",
        "Shield",
        "StateNotFound",
        "TaskName",
        "TaskReturn",
        "TokioClock",
        "WithTimeout",
        "WithTimeoutAt",
    ];
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !words.contains(&***name) && !unnamed.contains(&&***name))
        .collect();
    assert!(missing.is_empty(), "in no example: {missing:?}");
    let named: Vec<&&str> = unnamed.iter().filter(|name| words.contains(**name)).collect();
    assert!(named.is_empty(), "in an example after all: {named:?}");
}

#[test]
fn a_page_for_each_pattern_with_its_chapters() {
    let guide = read(&root().join("runtime/src/guide/mod.rs"));
    let mut at = 0;
    for name in PATTERNS {
        let row = guide[at..].find(&format!("| [`{name}`] |"));
        at += row.unwrap_or_else(|| panic!("`{name}` is missing, or not in its place"));
        let page = read(&root().join(format!("runtime/src/guide/{name}.md")));
        let mut from = 0;
        for chapter in CHAPTERS {
            let found = page[from..].find(&format!("\n{chapter}\n"));
            from += found.unwrap_or_else(|| panic!("{name}: `{chapter}` is missing, or not in its place"));
        }
    }
    for page in files("runtime/src/guide", ".md") {
        let name = stem(&page);
        assert!(
            guide.contains(&format!("[`{name}`]"))
                || guide.contains(&format!("({name})"))
                || name == "telemetry",
            "{name}"
        );
    }
}

#[test]
fn the_readme_links_every_page_and_no_link_leads_nowhere() {
    let readme = read(&root().join("README.md"));
    for page in files("runtime/src/guide", ".md") {
        let link = format!("](runtime/src/guide/{}.md)", stem(&page));
        assert!(readme.contains(&link), "the README does not link {link}");
    }
    for page in files("macros/docs", ".md") {
        let link = format!("](macros/docs/{}.md)", stem(&page));
        assert!(readme.contains(&link), "the README does not link {link}");
    }
    for link in readme.split("](").skip(1) {
        let target = link.split([')', '#']).next().unwrap_or_default();
        let elsewhere = target.starts_with("http") || target.is_empty();
        assert!(elsewhere || root().join(target).exists(), "{target} is not there");
    }
}

#[test]
fn programs_that_pages_name_are_there_and_each_is_named() {
    let bins: BTreeSet<String> = std::fs::read_dir(root().join("examples/src/bin"))
        .expect("the examples")
        .map(|entry| stem(&entry.expect("an entry").path()).to_owned())
        .collect();
    let pages: String = files("runtime/src/guide", ".md")
        .iter()
        .map(|page| read(page))
        .collect();
    let named: BTreeSet<String> = pages
        .split("etiquette-examples --bin ")
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .collect();
    let unknown: Vec<&String> = named.difference(&bins).collect();
    assert!(unknown.is_empty(), "there is no example {unknown:?}");
    let missing: Vec<&String> = bins
        .iter()
        .filter(|bin| !pages.contains(&format!("`{bin}`")) && !named.contains(*bin))
        .collect();
    assert!(missing.is_empty(), "on no page: {missing:?}");
}
