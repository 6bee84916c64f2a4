//! The same hits with attributes as without.

use crate::clippy::{Hit, hits, write};
use crate::known::{EXTRA, LOST, LOST_USES, Place};
use crate::source::{is_in_an_option, plain, with_layers};
use std::collections::BTreeMap;
use std::path::Path;

const SHAPES: &[&str] = &[
    "bodies",
    "boxed",
    "generics",
    "lifetimes",
    "patterns",
    "qualifiers",
    "receivers",
    "returns",
    "send",
    "traits",
];

/// Shapes that make no sense without attributes, or are of no kind that the corpus does not have.
const ONLY_WITH_ATTRIBUTES: &[&str] = &[
    "corners", "depth", "hygiene", "macros", "matrix", "options", "runners", "states",
];

/// Attributes that functions of the corpus are compiled under.
pub(crate) struct Stack {
    pub(crate) name: &'static str,
    pub(crate) layers: &'static str,
    /// The files of the corpus that it is for.
    pub(crate) files: &'static [&'static str],
}

const fn stack(name: &'static str, layers: &'static str) -> Stack {
    let files = CORPUS;
    Stack { name, layers, files }
}

/// The corpus is compiled once under each.
pub(crate) const STACKS: &[Stack] = &[
    stack("plain", "// Without."),
    stack(
        "cancellable",
        "#[::etiquette::cancellable(future = ::core::future::pending::<()>())]",
    ),
    stack("instrument_task", "#[::etiquette::instrument_task]"),
    stack(
        "events",
        "#[::etiquette::instrument_task(err(Debug), ret(Debug))]",
    ),
    stack("retry", "#[::etiquette::retry]"),
    stack("with_timeout", "#[::etiquette::with_timeout(5s)]"),
    stack(
        "stack",
        "#[::etiquette::instrument_task] \
        #[::etiquette::cancellable(future = ::core::future::pending::<()>())] \
        #[::etiquette::with_timeout(30s, total)] \
        #[::etiquette::retry] \
        #[::etiquette::with_timeout(5s, attempt)]",
    ),
    stack(
        "circuit_breaker",
        "#[::etiquette::circuit_breaker(window = 30s, slow_call = 1s)]",
    ),
    stack(
        "concurrency_limit",
        "#[::etiquette::concurrency_limit(16, wait = 1s, queue = 4)]",
    ),
    stack(
        "rate_limit",
        "#[::etiquette::rate_limit(100, per = 1s, burst = 10, wait = 1s)]",
    ),
    stack(
        "keyed",
        "#[::etiquette::circuit_breaker(key = \"one\")] \
        #[::etiquette::concurrency_limit(16, wait = none, key = \"one\")] \
        #[::etiquette::rate_limit(100, per = 1s, wait = none, key = \"one\")]",
    ),
    stack("fallback", "#[::etiquette::fallback(with = Err)]"),
    stack("hedge", "#[::etiquette::hedge(after = 50ms)]"),
    stack("shield", "#[::etiquette::shield]"),
    stack(
        "recommended",
        "#[::etiquette::instrument_task] \
        #[::etiquette::cancellable(future = ::core::future::pending::<()>())] \
        #[::etiquette::fallback(with = Err)] \
        #[::etiquette::with_timeout(30s, total)] \
        #[::etiquette::retry] \
        #[::etiquette::circuit_breaker] \
        #[::etiquette::rate_limit(100, per = 1s)] \
        #[::etiquette::with_timeout(5s, attempt)] \
        #[::etiquette::concurrency_limit(16)]",
    ),
    Stack {
        name: "blocking",
        layers: "#[::etiquette::blocking(limit = 4)]",
        files: &["threads"],
    },
    Stack {
        name: "blocking_below",
        layers: "#[::etiquette::instrument_task] #[::etiquette::with_timeout(5s)] #[::etiquette::blocking]",
        files: &["threads"],
    },
];

type Files = Vec<(String, String)>;

/// A file of these tests.
pub(crate) fn read(folder: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join(format!("{name}.rs"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Declarations of modules.
pub(crate) fn modules(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("/// Here.\npub mod {name};\n"))
        .collect()
}

type Found = BTreeMap<(String, u64, String), Vec<Hit>>;

fn group(hits: Vec<Hit>) -> Found {
    let mut found = Found::new();
    for hit in hits {
        found
            .entry((hit.file.clone(), hit.line, hit.lint.clone()))
            .or_default()
            .push(hit);
    }
    found
}

/// Hits of `left` beyond those that `right` has of the same lint on the same line.
fn beyond(left: &Found, right: &Found) -> Vec<Hit> {
    left.iter()
        .flat_map(|(key, hits)| &hits[right.get(key).map_or(0, Vec::len).min(hits.len())..])
        .cloned()
        .collect()
}

/// A crate's hits and its sources, by the names of its files.
struct Version {
    files: Files,
    found: Found,
}

impl Version {
    /// What is under `folder` of this crate, as if it were all.
    fn under(&self, folder: &str) -> Self {
        let inside = |file: &str| file.strip_prefix(folder).map(str::to_owned);
        let files = self
            .files
            .iter()
            .filter_map(|(file, text)| Some((inside(file)?, text.clone())));
        let found = self.found.iter().filter_map(|((file, line, lint), hits)| {
            Some(((inside(file)?, *line, lint.clone()), hits.clone()))
        });
        Self {
            files: files.collect(),
            found: found.collect(),
        }
    }

    /// What is in `modules`, as if it were all.
    fn only(&self, modules: &[&str]) -> Self {
        let inside = |file: &str| file == "mod.rs" || modules.contains(&file.trim_end_matches(".rs"));
        let files = self.files.iter().filter(|(file, _)| inside(file));
        let found = self.found.iter().filter(|((file, ..), _)| inside(file));
        Self {
            files: files.cloned().collect(),
            found: found.map(|(key, hits)| (key.clone(), hits.clone())).collect(),
        }
    }

    fn source(&self, file: &str) -> &str {
        let found = self.files.iter().find(|(name, _)| name == file);
        found.map_or("", |(_, text)| text)
    }
}

/// Compiles `files` as a crate.
fn version(name: &str, edition: &str, files: Files) -> Version {
    let files_in_src: Files = files
        .iter()
        .map(|(file, text)| (format!("src/{file}"), text.clone()))
        .collect();
    let found = group(hits(&write(name, edition, &files_in_src), true));
    Version { files, found }
}

/// Fails on hits that only one of the two has, without a reason that is known.
fn compare(name: &str, with: &Version, without: &Version, lost: &[&[(&str, &str)]]) {
    let place = |hit: &Hit| {
        let (with, without) = (with.source(file_of(hit)), without.source(file_of(hit)));
        let from = |source: &str| -> Vec<String> {
            let skipped = usize::try_from(hit.line).unwrap_or(usize::MAX) - 1;
            source.lines().skip(skipped).map(str::to_owned).collect()
        };
        let (with_from, without_from) = (from(with), from(without));
        if is_in_an_option(with, without, hit.line, hit.column) {
            Place::Option
        } else if with_from.first() == without_from.first() {
            Place::Body
        } else if with_from
            .iter()
            .find(|line| line.contains("fn "))
            .is_some_and(|line| line.contains("-> !"))
        {
            Place::Never
        } else {
            Place::Attribute
        }
    };
    let show = |hit: Hit| {
        format!(
            "{}:{}:{}: {}: {}",
            hit.file, hit.line, hit.column, hit.lint, hit.text
        )
    };
    let extra: Vec<String> = beyond(&with.found, &without.found)
        .into_iter()
        .filter(|hit| {
            !EXTRA
                .iter()
                .any(|(lint, at, _)| *lint == hit.lint && *at == place(hit))
        })
        .map(show)
        .collect();
    assert!(
        extra.is_empty(),
        "{name}: {} extra hits:\n{}",
        extra.len(),
        extra.join("\n")
    );
    let lost: Vec<String> = beyond(&without.found, &with.found)
        .into_iter()
        .filter(|hit| {
            !lost
                .iter()
                .any(|lost| lost.iter().any(|(lint, _)| *lint == hit.lint))
        })
        .map(show)
        .collect();
    assert!(
        lost.is_empty(),
        "{name}: {} hits are lost:\n{}",
        lost.len(),
        lost.join("\n")
    );
}

/// The file without the folder of its stack.
fn file_of(hit: &Hit) -> &str {
    hit.file.rsplit('/').next().unwrap_or_default()
}

#[test]
fn shapes() {
    let module = |line: &str| Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned());
    let main = read("shapes", "main");
    let all: Vec<String> = main.lines().filter_map(module).collect();
    let mut known = [SHAPES, ONLY_WITH_ATTRIBUTES].concat();
    known.sort_unstable();
    assert_eq!(all, known, "a new file of shapes belongs in one of the two lists");
    let root: String = main
        .lines()
        .filter(|line| {
            let is_left_out = module(line).is_some_and(|module| ONLY_WITH_ATTRIBUTES.contains(&&*module));
            !line.contains("deny(warnings)") && !is_left_out
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let at = "/// What a body is told of its attempt.\n#[allow(dead_code)]\n#[derive(Default)]\nstruct At {\n    number: u32,\n    is_last: bool,\n}\n";
    let files = |change: fn(&str) -> String| -> Files {
        let files = SHAPES
            .iter()
            .map(|name| (format!("{name}.rs"), change(&read("shapes", name))));
        files
            .chain([("lib.rs".to_owned(), format!("{root}{at}"))])
            .collect()
    };
    let with = version("shapes_annotated", "2024", files(str::to_owned));
    let without = version("shapes_plain", "2024", files(plain));
    assert!(without.found.len() > 400, "the lints are not on");
    compare("shapes", &with, &without, &[LOST, LOST_USES]);
}

const CORPUS: &[&str] = &["bodies", "macros", "signatures", "threads", "traits"];

/// The corpus under every stack, in one crate.
fn corpus(edition: &str) {
    let mut files = vec![(
        "lib.rs".to_owned(),
        read("lints/corpus", "lib") + &modules(&STACKS.iter().map(|stack| stack.name).collect::<Vec<_>>()),
    )];
    for stack in STACKS {
        files.push((format!("{}/mod.rs", stack.name), modules(stack.files)));
        files.extend(stack.files.iter().map(|name| {
            let source = with_layers(&read("lints/corpus", name), stack);
            (format!("{}/{name}.rs", stack.name), source)
        }));
    }
    let all = version(&format!("corpus_{edition}"), edition, files);
    let without = all.under("plain/");
    assert!(without.found.len() > 100, "the lints are not on");
    for stack in &STACKS[1..] {
        let with = all.under(&format!("{}/", stack.name));
        let without = without.only(stack.files);
        compare(&format!("{}, {edition}", stack.name), &with, &without, &[LOST]);
    }
}

#[test]
fn every_stack_in_edition_2021() {
    corpus("2021");
}

#[test]
fn every_stack_in_edition_2024() {
    corpus("2024");
}
