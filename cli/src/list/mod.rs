//! `list`: every annotated function with its stack, how often it runs its body and how long it may take; and every
//! public async function that has no layer.

mod bound;
mod calls;
mod html;
mod json;
mod layers;
mod literal;
mod model;
mod scan;
mod table;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::args::{ListArgs, ListFormat};
use crate::failure::Failure;
use crate::progress::bar;
use crate::report::Report;
use crate::text::{count, visible};
use crate::tree::Tree;
use model::Function;

/// Larger files are data, not code.
const MOST_BYTES: u64 = 16 << 20;

/// Deeper brackets are no code that anybody wrote, and the parser goes as deep as they do.
const MOST_DEPTH: usize = 1_000;

/// What there is to show, in the order of files and lines.
struct Listed {
    tree: Tree,
    annotated: Vec<Function>,
    /// Public async functions without a layer.
    plain: Vec<Function>,
    skipped: Vec<(String, String)>,
}

impl Listed {
    fn path(&self, function: &Function) -> String {
        self.tree.relative(&function.file)
    }
}

pub(crate) fn run(args: &ListArgs) -> Result<Report, Failure> {
    // The list is about the code alone: a policy with mistakes does not keep it from being made.
    let tree = Tree::without_policy(&args.tree)?;
    let listed = read(tree);
    let stdout = match args.format {
        ListFormat::Table => table::print(&listed),
        ListFormat::Json => json::print(&listed)?,
        ListFormat::Html => html::print(&listed),
    };
    let mut stderr = String::new();
    for (path, reason) in &listed.skipped {
        stderr.push_str(&visible(&format!("skipped {path}: {reason}\n")));
    }
    stderr.push_str(&format!(
        "{} annotated, {} public and async without a layer\n",
        count(listed.annotated.len(), "function"),
        listed.plain.len()
    ));
    Ok(Report {
        stdout,
        stderr,
        found: false,
    })
}

fn read(tree: Tree) -> Listed {
    let mut packages = Packages::default();
    let mut skipped = Vec::new();
    let mut found: Vec<Function> = Vec::new();
    let files = files(&tree, &mut skipped);
    let bar = bar("Reading");
    bar.set_length(files.len() as u64);
    for file in files {
        bar.inc(1);
        let in_tests = in_test_folder(&tree.relative(&file));
        let functions = text(&file).and_then(|text| match text.contains("async") {
            true => scan::functions(&file, &packages.of(&file), &text, in_tests),
            false => Ok(Vec::new()),
        });
        match functions {
            Ok(functions) => found.extend(functions),
            Err(reason) => skipped.push((tree.relative(&file), reason)),
        }
    }
    bar.finish_and_clear();
    calls::nest(&mut found);
    found.retain(|function| function.shown);
    let (annotated, plain) = found
        .into_iter()
        .partition(|function| !function.layers.is_empty());
    Listed {
        tree,
        annotated,
        plain,
        skipped,
    }
}

/// The Rust files of the tree, as `check` walks it: nothing that git ignores, no links.
fn files(tree: &Tree, skipped: &mut Vec<(String, String)>) -> Vec<PathBuf> {
    let built =
        |entry: &ignore::DirEntry| !(entry.depth() > 0 && entry.path().join("CACHEDIR.TAG").is_file());
    let mut files = Vec::new();
    for entry in WalkBuilder::new(tree.root())
        .require_git(false)
        .filter_entry(built)
        .build()
    {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                let path = entry.into_path();
                if is_file && path.extension().is_some_and(|end| end == "rs") && tree.covers(&path) {
                    files.push(path);
                }
            }
            Err(cause) => skipped.push((".".to_owned(), format!("cannot be walked: {cause}"))),
        }
    }
    files.sort();
    files
}

fn text(file: &Path) -> Result<String, String> {
    let unreadable = |cause| format!("cannot be read: {cause}");
    if std::fs::metadata(file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(format!("is larger than {} MiB", MOST_BYTES >> 20));
    }
    let text =
        String::from_utf8(std::fs::read(file).map_err(unreadable)?).map_err(|_| "is not UTF-8".to_owned())?;
    match depth(&text) > MOST_DEPTH {
        true => Err(format!("has brackets nested more than {MOST_DEPTH} deep")),
        false => Ok(text),
    }
}

/// How deep brackets are nested, those in strings and comments counted too.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => now += 1,
            b')' | b']' | b'}' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

fn in_test_folder(path: &str) -> bool {
    path.split('/')
        .any(|part| ["tests", "benches", "examples", "fuzz"].contains(&part))
}

/// The name of the package that a file is in, from the nearest manifest.
#[derive(Default)]
struct Packages(HashMap<PathBuf, String>);

impl Packages {
    fn of(&mut self, file: &Path) -> String {
        let folder = file
            .ancestors()
            .skip(1)
            .find(|folder| folder.join("Cargo.toml").is_file());
        let Some(folder) = folder else {
            return String::new();
        };
        let read = || {
            let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
            let manifest: Option<toml_edit::DocumentMut> = text.parse().ok();
            let name = manifest
                .and_then(|manifest| Some(manifest.get("package")?.get("name")?.as_str()?.to_owned()));
            name.unwrap_or_default()
        };
        self.0.entry(folder.to_owned()).or_insert_with(read).clone()
    }
}
