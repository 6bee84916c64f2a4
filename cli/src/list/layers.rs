//! Which attributes are layers of etiquette, and what `#[defaults]` around a function adds to its own.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Attribute, Meta, UseTree};

use super::literal::{Args, word};
use super::model::Layer;

/// Every layer, outermost first in the recommended order.
const NAMES: [&str; 11] = [
    "instrument_task",
    "cancellable",
    "fallback",
    "with_timeout",
    "shield",
    "retry",
    "hedge",
    "circuit_breaker",
    "rate_limit",
    "concurrency_limit",
    "blocking",
];

/// What the `use` items of a file bring in, wherever in it they stand.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// From the name in the code to the path it stands for.
    names: HashMap<String, Vec<String>>,
    /// Whether everything of etiquette, or of a module of this crate, is in view.
    globs: bool,
}

impl Imports {
    pub(super) fn of(file: &syn::File) -> Self {
        let mut imports = Self::default();
        imports.visit_file(file);
        imports
    }

    fn tree(&mut self, path: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.tree(path, &inner.tree);
                path.pop();
            }
            UseTree::Name(name) => {
                let full = path.iter().cloned().chain([name.ident.to_string()]).collect();
                self.names.insert(name.ident.to_string(), full);
            }
            UseTree::Rename(rename) => {
                let full = path.iter().cloned().chain([rename.ident.to_string()]).collect();
                self.names.insert(rename.rename.to_string(), full);
            }
            UseTree::Glob(_) => {
                let first = path.first().map(String::as_str);
                self.globs |= matches!(first, Some("etiquette" | "crate" | "super" | "self"));
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(path, tree)),
        }
    }

    /// The attribute's own name in etiquette, if it is one of etiquette's.
    fn resolve(&self, attribute: &Attribute) -> Option<String> {
        let path: Vec<String> = attribute
            .path()
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let (first, rest) = path.split_first()?;
        let full = match self.names.get(first) {
            Some(imported) => imported.iter().chain(rest).cloned().collect(),
            None => path.clone(),
        };
        let last = full.last()?;
        let ours = match &full[..] {
            [krate, _, ..] if krate == "etiquette" => true,
            [_] => self.globs,
            _ => false,
        };
        ours.then(|| last.clone())
    }
}

impl Visit<'_> for Imports {
    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.tree(&mut Vec::new(), &item.tree);
    }

    fn visit_block(&mut self, block: &syn::Block) {
        visit::visit_block(self, block);
    }
}

/// The layers that stand above a function.
pub(super) fn written(imports: &Imports, attributes: &[Attribute]) -> Vec<Layer> {
    let layer = |attribute: &Attribute| {
        let name = imports.resolve(attribute)?;
        let name = NAMES.into_iter().find(|known| *known == name)?;
        Some(Layer {
            name,
            args: arguments(attribute),
            from_defaults: false,
        })
    };
    attributes.iter().filter_map(layer).collect()
}

/// The layers in a `#[defaults(…)]` above a block, in the order they are written.
pub(super) fn defaults(imports: &Imports, attributes: &[Attribute]) -> Vec<Layer> {
    let of = |attribute: &Attribute| {
        let named = imports.resolve(attribute).is_some_and(|name| name == "defaults");
        named.then(|| layers_in(arguments(attribute)))
    };
    attributes.iter().filter_map(of).flatten().collect()
}

/// `with_timeout(5s), instrument_task`
fn layers_in(list: TokenStream) -> Vec<Layer> {
    let args = Args::of(&list);
    let layer = |arg: &[proc_macro2::TokenTree]| {
        let (head, rest) = arg.split_first()?;
        let name = head.to_string();
        let name = NAMES.into_iter().find(|known| *known == name)?;
        let args = match rest {
            [proc_macro2::TokenTree::Group(group)] => group.stream(),
            _ => TokenStream::new(),
        };
        Some(Layer {
            name,
            args,
            from_defaults: true,
        })
    };
    args.bare().filter_map(layer).collect()
}

/// The whole stack: what the function says for itself, and each default it has none of at its place in the order.
pub(super) fn stack(written: Vec<Layer>, defaults: &[Layer]) -> Vec<Layer> {
    let says_none = |layer: &Layer| {
        let tokens: Vec<_> = layer.args.clone().into_iter().collect();
        word(&tokens).is_some_and(|word| word == "none")
    };
    let (left_out, mut stack): (Vec<Layer>, Vec<Layer>) = written.into_iter().partition(says_none);
    let rank = |name: &str| NAMES.iter().position(|known| *known == name);
    for default in defaults {
        let is_attempt =
            |layer: &Layer| layer.name == "with_timeout" && Args::of(&layer.args).word("attempt");
        let has = stack
            .iter()
            .any(|layer| layer.name == default.name && !is_attempt(layer));
        if has || left_out.iter().any(|layer| layer.name == default.name) {
            continue;
        }
        let place = stack
            .iter()
            .position(|layer| rank(layer.name) > rank(default.name));
        stack.insert(place.unwrap_or(stack.len()), default.clone());
    }
    let retries = stack.iter().any(|layer| layer.name == "retry");
    let total = stack.iter_mut().find(|layer| layer.name == "with_timeout");
    if let Some(total) = total.filter(|layer| retries && layer.from_defaults) {
        let args = &total.args;
        total.args = quote!(#args, total);
    }
    stack
}

fn arguments(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) => TokenStream::new(),
        Meta::NameValue(pair) => pair.value.to_token_stream(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stacks(text: &str) -> Vec<Vec<String>> {
        let file = syn::parse_file(text).unwrap();
        let imports = Imports::of(&file);
        let shown = |item: &syn::Item| match item {
            syn::Item::Fn(item) => Some(written(&imports, &item.attrs).iter().map(Layer::shown).collect()),
            _ => None,
        };
        file.items.iter().filter_map(shown).collect()
    }

    #[test]
    fn attributes_are_resolved_through_imports() {
        let text = "use etiquette::{retry, with_timeout as limit}; use other::hedge; use etiquette as et;
                    #[limit(5s)] #[retry] async fn a() {}
                    #[hedge(after = 1s)] #[etiquette::shield] async fn b() {}
                    #[et::retry(attempts = 2)] #[fallback(1)] async fn c() {}";
        assert_eq!(
            stacks(text),
            [
                vec!["with_timeout(5s)", "retry"],
                vec!["shield"],
                vec!["retry(attempts = 2)"]
            ]
        );
        assert_eq!(stacks("use etiquette::*; #[retry] async fn a() {}"), [["retry"]]);
    }

    #[test]
    fn defaults_take_their_places() {
        let defaults = layers_in("with_timeout(5s), instrument_task, error = E::x".parse().unwrap());
        let layer = |name, args: &str| Layer {
            name,
            args: args.parse().unwrap(),
            from_defaults: false,
        };
        let shown = |written| {
            stack(written, &defaults)
                .iter()
                .map(Layer::shown)
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(vec![]), ["instrument_task", "with_timeout(5s)"]);
        assert_eq!(
            shown(vec![layer("retry", "")]),
            ["instrument_task", "with_timeout(5s, total)", "retry"]
        );
        assert_eq!(shown(vec![layer("with_timeout", "none")]), ["instrument_task"]);
        assert_eq!(
            shown(vec![layer("with_timeout", "1s")]),
            ["instrument_task", "with_timeout(1s)"]
        );
    }
}
