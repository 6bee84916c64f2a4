//! `#[defaults(with_timeout(5s))]` on an `impl`, a `trait` or a `mod { … }`:
//!
//! ```text
//! impl Client {
//!     #[::etiquette::__private::__defaults(with_timeout(5s))]        // last of its attributes, before any runner
//!     async fn fetch(&self) -> Result<User, Error> { … }
//! }
//! ```
//!
//! The layers themselves are chosen where the whole stack of the function is known: an attribute may go by any name.

use crate::hygiene::paths::CrateRoot;
use crate::syntax::item::{Body, Function};
use crate::syntax::items::{Container, Item, items};
use crate::syntax::stack::before_runner;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::{Attribute, GenericParam};

/// The container with the defaults handed to every async fn inside.
pub(crate) fn expand(container: Container, args: &TokenStream, root: &CrateRoot) -> TokenStream {
    let path = root.private("__defaults");
    let mark = quote!(#[#path(#args)]);
    let inside: TokenStream = items(container.braces.stream())
        .into_iter()
        .map(|item| hand_over(item, args, root, &mark))
        .collect();
    container.with(inside)
}

fn hand_over(item: Item, args: &TokenStream, root: &CrateRoot, mark: &TokenStream) -> TokenStream {
    let Item { attrs, rest } = &item;
    if let Ok(function) = syn::parse2::<Function>(rest.clone()) {
        if !is_async(&function) {
            return quote!(#item);
        }
        let Ok(attrs) = Attribute::parse_outer.parse2(attrs.clone()) else {
            return quote!(#item);
        };
        let (above, below) = attrs.split_at(before_runner(&attrs));
        return quote!(#(#above)* #mark #(#below)* #rest);
    }
    match Container::of(rest.clone()) {
        Some(inner) => {
            let inner = expand(inner, args, root);
            quote!(#attrs #inner)
        }
        None => quote!(#item),
    }
}

/// An `async fn` with a body, or what `#[async_trait]` made of one.
fn is_async(function: &Function) -> bool {
    let boxed = || {
        function.sig.generics.params.iter().any(
            |param| matches!(param, GenericParam::Lifetime(param) if param.lifetime.ident == "async_trait"),
        )
    };
    matches!(function.body, Body::Block { .. }) && (function.sig.asyncness.is_some() || boxed())
}
