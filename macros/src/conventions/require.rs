//! `require(with_timeout)`: which functions inside have to carry a layer, and which do not.

use super::exempt;
use super::finding::Finding;
use super::options::is_layer;
use crate::syntax::item::{Annotated, Body, Function};
use crate::syntax::items::{Container, items};
use etiquette_rules::Level;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::cell::Cell;
use syn::{Attribute, Meta, Visibility};

/// Every `pub` async fn inside and every async fn of a trait or of its implementation, or the function itself.
pub(super) fn check(item: &TokenStream, required: &[Ident]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !required.is_empty() {
        let around = Around {
            required,
            given: Vec::new(),
            exempted: Vec::new(),
        };
        around.visit(item.clone(), true, &mut findings);
    }
    findings
}

/// What holds for everything inside.
struct Around<'r> {
    required: &'r [Ident],
    /// Layers that `#[defaults]` adds.
    given: Vec<String>,
    exempted: Vec<&'r Exempted>,
}

/// One layer that an attribute exempts from.
struct Exempted {
    layer: Ident,
    used: Cell<bool>,
}

impl Around<'_> {
    fn visit(&self, item: TokenStream, is_public: bool, findings: &mut Vec<Finding>) {
        let Ok(Annotated { attrs, item }) = syn::parse2(item) else {
            return;
        };
        let own = exempted(&attrs);
        let here = Around {
            required: self.required,
            given: self
                .given
                .iter()
                .cloned()
                .chain(attrs.iter().flat_map(carried))
                .collect(),
            exempted: self.exempted.iter().copied().chain(&own).collect(),
        };
        if let Some(container) = Container::of(item.clone()) {
            let all = is_of_a_trait(&container.head);
            for inner in items(container.braces.stream()) {
                here.visit(quote!(#inner), all, findings);
            }
        } else if let Ok(function) = syn::parse2::<Function>(item) {
            here.function(&function, is_public, findings);
        }
        let stale = own.iter().filter(|one| !one.used.get());
        findings.extend(stale.map(|one| Finding {
            rule: "stale_exempt",
            level: Level::Warn,
            at: one.layer.span(),
            text: format!(
                "nothing here would have to carry `#[{}]`\nhelp: remove the exemption",
                one.layer
            ),
        }));
    }

    fn function(&self, function: &Function, is_public: bool, findings: &mut Vec<Finding>) {
        let is_public = is_public || matches!(function.vis, Visibility::Public(_));
        if !is_public || function.sig.asyncness.is_none() || matches!(function.body, Body::Required(_)) {
            return;
        }
        let name = &function.sig.ident;
        for layer in self.required {
            if self.given.iter().any(|given| layer == given) {
                continue;
            }
            let mut exemptions = self.exempted.iter().filter(|one| one.layer == *layer).peekable();
            if exemptions.peek().is_some() {
                exemptions.for_each(|one| one.used.set(true));
                continue;
            }
            findings.push(Finding {
                rule: "required_layer",
                level: Level::Deny,
                at: name.span(),
                text: format!(
                    "`{name}` does not carry `#[{layer}]`, which `#[conventions]` requires here\n\
                     help: put `#[{layer}]` on it, or say why not: `#[etiquette::exempt({layer}, reason = \"…\")]`"
                ),
            });
        }
    }
}

fn exempted(attrs: &[Attribute]) -> Vec<Exempted> {
    let names = attrs.iter().filter_map(exempt::names).flatten();
    names
        .filter(is_layer)
        .map(|layer| Exempted {
            layer,
            used: Cell::new(false),
        })
        .collect()
}

/// The layers that an attribute is or brings. One that opts out, as in `#[with_timeout(none)]`, has said so.
fn carried(attr: &Attribute) -> Vec<String> {
    let Some(name) = attr.path().segments.last().map(|last| &last.ident) else {
        return Vec::new();
    };
    if is_layer(name) {
        return vec![name.to_string()];
    }
    let brings = ["defaults", "__defaults", "__layers", "cfg_attr"]
        .iter()
        .any(|known| name == known);
    match &attr.meta {
        Meta::List(list) if brings => list
            .tokens
            .clone()
            .into_iter()
            .filter_map(|token| match token {
                TokenTree::Ident(ident) if is_layer(&ident) => Some(ident.to_string()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// `trait T { … }` or `impl T for U { … }`: what is inside is as public as the trait.
fn is_of_a_trait(head: &TokenStream) -> bool {
    let head = head.to_token_stream().into_iter();
    let mut depth = 0_i32;
    let mut after_dash = false;
    for token in head {
        match token {
            TokenTree::Punct(punct) => {
                match punct.as_char() {
                    '<' => depth += 1,
                    '>' if !after_dash => depth -= 1,
                    _ => {}
                }
                after_dash = punct.as_char() == '-';
            }
            TokenTree::Ident(ident) if depth == 0 => {
                if ident == "trait" || ident == "for" {
                    return true;
                }
                if ident == "where" {
                    return false;
                }
            }
            _ => {}
        }
    }
    false
}
