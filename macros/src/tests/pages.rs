//! The blocks "what is emitted" on the pages are the snapshots: `<!-- expansion of NAME -->` stands above what
//! `tests/snapshots/NAME.rs` expands to, with short paths.
//!
//! `BLESS=1 cargo test -p etiquette-macros` writes the blocks anew.

use super::snapshots::expansion;
use proc_macro2::{Group, Ident, Spacing, TokenStream, TokenTree};
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- expansion of ";
const END: &str = "<!-- end -->";

/// What these leave behind is written by hand: other attributes, a lint, nothing.
const WITHOUT: [&str; 3] = ["conventions", "defaults", "exempt"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the macros, and the one of the guide that is about expansions.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root().join("docs"))
        .expect("the folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    pages.push(root().join("../runtime/src/guide/expansions.md"));
    pages.sort();
    pages
}

/// The names of the snapshots that `page` shows.
fn shown(page: &str) -> Vec<&str> {
    let after = page.split(BEGIN).skip(1);
    after
        .filter_map(|rest| rest.split_once(" -->").map(|(name, _)| name))
        .collect()
}

fn source(name: &str) -> String {
    let path = root().join(format!("tests/snapshots/{name}.rs"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `page` with every block as it should be.
fn with_blocks(page: &str) -> String {
    let mut parts = page.split(BEGIN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").expect("a name");
        let (_, after) = rest.split_once(END).expect("an end");
        let block = expansion(&source(name), shortened);
        out += &format!("{BEGIN}{name} -->\n```text\n{block}```\n{END}{after}");
    }
    out
}

/// The same with what says least left out: the paths to `core` and to the private module of the runtime, and the prefix
/// that keeps our variables apart from those of the body.
fn shortened(tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = Vec::new();
    while !tokens.is_empty() {
        tokens.drain(..prefix(&tokens));
        if tokens.is_empty() {
            break;
        }
        out.push(match tokens.remove(0) {
            TokenTree::Group(group) => Group::new(group.delimiter(), shortened(group.stream())).into(),
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                let short = text
                    .strip_prefix("__etq_")
                    .or_else(|| text.strip_prefix("__ETQ_"));
                Ident::new(short.unwrap_or(&text), ident.span()).into()
            }
            token => token,
        });
    }
    out.into_iter().collect()
}

/// How many tokens of the path that begins here are left out: the modules, and `Option` and `Result` of their variants.
fn prefix(tokens: &[TokenTree]) -> usize {
    let segment = |at: usize| match tokens.get(at..at + 3)? {
        [
            TokenTree::Punct(a),
            TokenTree::Punct(b),
            TokenTree::Ident(segment),
        ] if a.as_char() == ':' && a.spacing() == Spacing::Joint && b.as_char() == ':' => {
            Some(segment.to_string())
        }
        _ => None,
    };
    if !segment(0).is_some_and(|first| first == "core" || first == "etiquette") {
        return 0;
    }
    let mut at = 3;
    while let (Some(this), Some(next)) = (segment(at), segment(at + 3)) {
        let is_prelude = matches!(
            (&*this, &*next),
            ("Option", "Some" | "None") | ("Result", "Ok" | "Err")
        );
        let is_module = this.starts_with(|first: char| first.is_lowercase() || first == '_');
        if !is_module && !is_prelude {
            break;
        }
        at += 3;
    }
    at + 2
}

#[test]
fn the_pages_show_the_blessed_expansions() {
    let mut blocks = 0;
    for path in pages() {
        let text = std::fs::read_to_string(&path).expect("the page");
        let wanted = with_blocks(&text);
        if std::env::var_os("BLESS").is_some() && wanted != text {
            std::fs::write(&path, &wanted).expect("the page can be written");
        }
        let found = std::fs::read_to_string(&path).expect("the page");
        assert!(
            found == wanted,
            "{} is stale: BLESS=1 writes it anew",
            path.display()
        );
        blocks += shown(&wanted).len();
    }
    assert!(blocks >= 17, "{blocks} expansions are shown");
}

#[test]
fn every_page_shows_what_its_own_example_expands_to() {
    for path in pages() {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let page = std::fs::read_to_string(&path).expect("the page");
        let shown = shown(&page);
        assert_eq!(
            shown.is_empty(),
            WITHOUT.contains(&name),
            "{name} shows {shown:?}"
        );
        for snapshot in shown {
            let example = source(snapshot);
            assert!(
                page.contains(example.trim_end()),
                "{name} expands what it does not show:\n{example}"
            );
        }
    }
}

#[test]
fn paths_are_shortened_to_what_is_read() {
    let short = |long: &str| {
        let tokens: TokenStream = long.parse().expect("tokens");
        let wanted = |text: &str| text.parse::<TokenStream>().expect("tokens").to_string();
        move |text: &str| assert_eq!(shortened(tokens.clone()).to_string(), wanted(text), "{tokens}")
    };
    short("::core::option::Option::None::<T>")("None::<T>");
    short("::etiquette::__private::Jitter::None")("Jitter::None");
    short("::core::clone::Clone::clone(&key)")("Clone::clone(&key)");
    short("::core::concat!(::core::module_path!(), \"::f\")")("concat!(module_path!(), \"::f\")");
    short("::etiquette::__private::Retry::again(&mut __etq_retry)")("Retry::again(&mut retry)");
    short("::etiquette::__private::runner::Runner::new()")("Runner::new()");
    short("impl ::etiquette::Classify for std::io::Error")("impl Classify for std::io::Error");
    short("{ static __ETQ_BUDGET: u8 = 1; }")("{ static BUDGET: u8 = 1; }");
}
