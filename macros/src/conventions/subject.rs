//! What `#[conventions]` stands on: a function, or something that holds functions.

use super::exempt;
use super::send::{Sends, is_module};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::item::{Annotated, Body, Function, Kind};
use crate::syntax::items::Container;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Attribute;

/// The item, without the exemptions that stand on it.
pub(super) struct Subject {
    attrs: Vec<Attribute>,
    kind: SubjectKind,
    name: Span,
}

enum SubjectKind {
    Function(Box<Function>),
    Container(Container),
}

impl Subject {
    /// Reports an item of another kind. A function that is being typed is none either, but rustc will say so.
    pub(super) fn of(item: &TokenStream, diagnostics: &Diagnostics) -> Option<Self> {
        let Annotated { mut attrs, item } = syn::parse2(item.clone()).ok()?;
        attrs.retain(|attr| !exempt::is_exempt(attr));
        if let Some(container) = Container::of(item.clone()) {
            let name = container
                .head
                .clone()
                .into_iter()
                .last()
                .map_or_else(Span::call_site, |last| last.span());
            let kind = SubjectKind::Container(container);
            return Some(Self { attrs, kind, name });
        }
        let rule = "`#[conventions]` belongs on a function, an `impl`, a `trait` or a `mod { … }`";
        if let Some(kind) = Kind::of(&item) {
            diagnostics.push(if kind.name == "a module" {
                Diagnostic::at(kind.keyword, rule)
                    .help("put it on the items in the module's own file, or run `cargo etiquette check`")
            } else {
                Diagnostic::at(kind.keyword, format_args!("{rule}, not on {}", kind.name))
                    .help("put it on the functions that use it")
            });
            return None;
        }
        let function: Function = syn::parse2(item).ok()?;
        if let Body::Required(semi) = &function.body {
            diagnostics.push(
                Diagnostic::on(
                    semi,
                    "a method without a body has nothing that `#[conventions]` could check",
                )
                .help("put it on the `trait`, or on the `impl`s"),
            );
            return None;
        }
        let name = function.sig.ident.span();
        let kind = SubjectKind::Function(Box::new(function));
        Some(Self { attrs, kind, name })
    }

    /// The word that a finding without tokens underlines.
    pub(super) fn name(&self) -> Span {
        self.name
    }

    /// Why `send` cannot be asked here.
    pub(super) fn cannot_send(&self) -> Option<(&'static str, &'static str)> {
        match &self.kind {
            SubjectKind::Function(function) if function.sig.asyncness.is_none() => {
                Some(("`send` is about the future of an `async fn`", "remove it here"))
            }
            SubjectKind::Function(function) if function.sig.receiver().is_some() => Some((
                "`send` asks a method from outside, and an attribute on it stays inside",
                "put `#[etiquette::conventions(send)]` on its `impl`",
            )),
            SubjectKind::Container(container) if is_trait(container) => Some((
                "`send` has nothing to ask in a `trait`: its futures are those of its implementations",
                "put `#[etiquette::conventions(send)]` on the `impl`s",
            )),
            _ => None,
        }
    }

    /// What asks whether its futures are `Send`, unless it is a module: there each item has its own beside it.
    pub(super) fn checks(&self, sends: &Sends<'_>) -> TokenStream {
        match &self.kind {
            SubjectKind::Function(function) => sends.of_function(function),
            SubjectKind::Container(container) => sends.of_impl(container),
        }
    }

    /// `mod name { … }`
    pub(super) fn is_module(&self) -> bool {
        matches!(&self.kind, SubjectKind::Container(container) if is_module(container))
    }

    /// The item with `change` made to what is between its braces, and `items` beside it: within a function, since
    /// an `impl` around it would refuse them, and behind everything else.
    pub(super) fn with(
        self,
        items: &TokenStream,
        change: impl FnOnce(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let attrs = self.attrs;
        match self.kind {
            SubjectKind::Container(container) => {
                let conditions = attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
                let beside = (!items.is_empty()).then(|| quote!(#(#conditions)* const _: () = { #items };));
                let inside = change(container.braces.stream());
                let container = container.with(inside);
                quote!(#(#attrs)* #container #beside)
            }
            SubjectKind::Function(function) => {
                let Function {
                    vis,
                    defaultness,
                    sig,
                    body,
                } = *function;
                let body = match body {
                    Body::Block { inner_attrs, block } => {
                        let statements = change(block.stream());
                        let mut braces =
                            Group::new(Delimiter::Brace, quote!(#inner_attrs #items #statements));
                        braces.set_span(block.span());
                        TokenTree::Group(braces).into_token_stream()
                    }
                    Body::Required(semi) => semi.into_token_stream(),
                };
                quote!(#(#attrs)* #vis #defaultness #sig #body)
            }
        }
    }
}

fn is_trait(container: &Container) -> bool {
    let mut head = container.head.clone().into_iter();
    // What holds items begins with its keyword, behind `pub(crate)` and `unsafe`; no bound comes before it.
    head.any(|token| matches!(token, TokenTree::Ident(ident) if ident == "trait"))
}
