//! `tests/snapshots/NAME.rs` expands to `tests/snapshots/NAME.expanded.rs`, to the letter.
//!
//! `BLESS=1 cargo test -p etiquette-macros` writes the expansions anew; read the diff as the people who will read them.

use super::whole::expand_item;
use proc_macro2::TokenStream;
use std::path::{Path, PathBuf};

fn pretty(tokens: TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("an expansion is not a list of items: {error}\n{tokens}"),
    }
}

/// What the items of a snapshot expand to, printed item by item after `edit`.
pub(super) fn expansion(source: &str, edit: fn(TokenStream) -> TokenStream) -> String {
    let file: syn::File = syn::parse_str(source).expect("a snapshot's input parses");
    let items = file.items.into_iter().map(|item| pretty(edit(expand_item(item))));
    items.collect::<Vec<_>>().join("\n")
}

fn inputs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of snapshots")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn expansions_are_the_blessed_ones() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    let inputs = inputs();
    assert!(inputs.len() >= 12, "the snapshots are gone");
    for input in inputs {
        let source = std::fs::read_to_string(&input).expect("a snapshot's input");
        let expanded = expansion(&source, |tokens| tokens);
        let output = input.with_extension("expanded.rs");
        let blessed = std::fs::read_to_string(&output).unwrap_or_default();
        if expanded != blessed {
            if bless {
                std::fs::write(&output, &expanded).expect("a snapshot can be written");
            } else {
                changed.push(format!("{}:\n{expanded}", output.display()));
            }
        }
    }
    assert!(
        changed.is_empty(),
        "changed expansions (BLESS=1 accepts them):\n{}",
        changed.join("\n")
    );
}
