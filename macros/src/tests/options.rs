//! The pages and the README list every option that there is.

use crate::layers::each_layer;
use crate::options::OptionSet;
use crate::syntax::list::Form;
use std::path::Path;

macro_rules! keys {
    ($( $name:literal => $variant:ident($options:ty), )*) => {
        &[ $( ($name, <$options as OptionSet>::KEYS), )* ]
    };
}

const LAYERS: &[(&str, &[(&str, Form)])] = each_layer!(keys);

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is there")
}

/// Whether `text` has `key` in it, as code, and not as the beginning of a longer word.
fn names(text: &str, key: &str) -> bool {
    let code = format!("`{key}");
    let is_whole =
        |at: usize| !text[at + code.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
    text.match_indices(&code).any(|(at, _)| is_whole(at))
}

#[test]
fn the_pages_list_every_option() {
    for (layer, keys) in LAYERS {
        let page = read(&format!("docs/{layer}.md"));
        let (_, section) = page.split_once("\n# Options\n").expect("a section on options");
        let section = section.split("\n# ").next().expect("what comes first");
        for (key, _) in *keys {
            let is_listed = section.lines().any(|line| {
                line.strip_prefix("| ")
                    .is_some_and(|row| names(row.split('|').next().unwrap_or(row), key))
            });
            assert!(is_listed, "docs/{layer}.md does not list `{key}`");
        }
    }
}

#[test]
fn the_readme_lists_every_option() {
    let readme = read("../README.md");
    let (_, section) = readme
        .split_once("\n## Options at a glance\n")
        .expect("the table");
    let section = section.split("\n## ").next().expect("what comes first");
    for (layer, keys) in LAYERS {
        let row = section
            .lines()
            .find(|line| names(line.split(" | ").next().unwrap_or(line), layer));
        for (key, _) in keys.iter().filter(|(key, _)| !["name", "crate"].contains(key)) {
            assert!(
                row.is_some_and(|row| names(row, key)),
                "`{key}` of `{layer}` is not in the README"
            );
        }
    }
}
