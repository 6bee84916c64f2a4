//! The macros of `etiquette-macros` as functions over bytes.
//!
//! A proc-macro crate exports nothing but macros, so its modules are compiled here once more.

#![allow(dead_code, missing_docs, reason = "parts of another crate")]

#[path = "../../macros/src/diag/mod.rs"]
mod diag;
#[path = "../../macros/src/driver.rs"]
mod driver;
#[path = "../../macros/src/expand/mod.rs"]
mod expand;
#[path = "../../macros/src/hygiene/mod.rs"]
mod hygiene;
#[path = "../../macros/src/layers.rs"]
mod layers;
#[path = "../../macros/src/model/mod.rs"]
mod model;
#[path = "../../macros/src/options/mod.rs"]
mod options;
#[path = "../../macros/src/runner/mod.rs"]
mod runner;
#[path = "../../macros/src/syntax/mod.rs"]
mod syntax;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::Parse;
use syn::{Attribute, Meta};

/// Expands `data`: its first byte chooses the macro, the rest is its input.
///
/// # Panics
/// When a macro does, or emits what does not parse although its input did.
pub fn run(data: &[u8]) {
    let Some((which, text)) = data.split_first() else {
        return;
    };
    let Some(input) = std::str::from_utf8(text)
        .ok()
        .and_then(|text| text.parse::<TokenStream>().ok())
    else {
        return;
    };
    match which {
        b'r' => check::<syn::Expr>(&input, &driver::retrying(input.clone()), ends_in_a_block(&input)),
        b'd' => check::<syn::File>(
            &input,
            &driver::classify(input.clone()),
            parses::<syn::DeriveInput>(&input),
        ),
        _ => match syn::parse2::<syn::File>(input.clone()) {
            Ok(file) => file.items.iter().map(ToTokens::to_token_stream).for_each(|item| {
                check::<syn::File>(&item, &stack(item.clone()), true);
            }),
            Err(_) => check::<syn::File>(&input, &stack(input.clone()), false),
        },
    }
}

/// What was `whole` has to come out as an `O`.
fn check<O: Parse>(input: &TokenStream, expanded: &TokenStream, whole: bool) {
    let bug = expanded.to_string().contains("this is a bug in etiquette");
    assert!(!bug, "panicked on:\n{input}\n{expanded}");
    assert!(
        !whole || parses::<O>(expanded),
        "does not parse:\n{input}\n{expanded}"
    );
}

fn parses<T: Parse>(tokens: &TokenStream) -> bool {
    syn::parse2::<T>(tokens.clone()).is_ok()
}

/// Nothing else of `retrying!` is emitted without having been parsed.
fn ends_in_a_block(input: &TokenStream) -> bool {
    let last = input.clone().into_iter().last();
    last.is_some_and(|last| parses::<syn::Block>(&last.into_token_stream()))
}

/// Expands our attributes on an item from the top, as rustc does, until none is left.
fn stack(mut item: TokenStream) -> TokenStream {
    loop {
        let Ok(syntax::item::Annotated {
            mut attrs,
            item: rest,
        }) = syn::parse2(item.clone())
        else {
            return item;
        };
        let ours = |attr: &Attribute| {
            let name = attr.path().segments.last()?.ident.to_string();
            let others = [syntax::stack::CARRIER, "defaults", "main", "test"];
            (layers::NAMES.contains(&&*name) || others.contains(&&*name)).then_some(name)
        };
        let Some((at, name)) = attrs
            .iter()
            .enumerate()
            .find_map(|(at, attr)| Some((at, ours(attr)?)))
        else {
            return item;
        };
        let args = match attrs.remove(at).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        let rest = quote::quote!(#(#attrs)* #rest);
        item = match &*name {
            syntax::stack::CARRIER => driver::layers(args, rest),
            "defaults" => driver::defaults(args, rest),
            "main" => driver::runner(runner::Kind::Main, args, rest),
            "test" => driver::runner(runner::Kind::Test, args, rest),
            layer => driver::attribute(layer, args, rest),
        };
    }
}
