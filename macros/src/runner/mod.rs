//! `#[etiquette::main]` and `#[etiquette::test]`: what runs an `async fn`, rather than a layer around it.
//!
//! Tokens → [`options`] → [`model`] → [`expand`], as for the layers.

mod expand;
mod model;
pub(crate) mod options;

use crate::diag::{Diagnostic, Diagnostics};
use crate::layers::NAMES;
use crate::syntax::item::Annotated;
use crate::syntax::stack::{self, CARRIER};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Attribute;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Main,
    Test,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Test => "test",
        }
    }
}

/// The item that runs what stands under the attribute.
pub(crate) fn runner(kind: Kind, args: TokenStream, item: TokenStream) -> TokenStream {
    let root = stack::crate_root(&args).unwrap_or_default();
    let Ok(mut annotated) = syn::parse2::<Annotated>(item.clone()) else {
        return item;
    };
    // A runner makes the function sync, so layers have to be there before it.
    if let Some(last) = annotated.attrs.iter().rposition(is_layer) {
        let name = syn::Ident::new(kind.name(), proc_macro2::Span::call_site());
        let moved = syn::parse_quote!(#[#root::#name(#args)]);
        annotated.attrs.insert(last + 1, moved);
        return annotated.into_token_stream();
    }
    let diagnostics = Diagnostics::new();
    let settings = options::read(kind, args, &diagnostics);
    let model = model::Runner::of(kind, annotated, &diagnostics);
    let errors = diagnostics.finish();
    match (settings, model) {
        (Some(settings), Some(model)) if errors.is_empty() => expand::expand(&model, &settings, &root),
        // A program without `main` would be one error more.
        (_, Some(model)) => {
            let stand_in = expand::stand_in(&model);
            quote!(#errors #stand_in)
        }
        _ => quote!(#errors #item),
    }
}

fn is_layer(attr: &Attribute) -> bool {
    let last = attr.path().segments.last().map(|last| last.ident.to_string());
    last.is_some_and(|last| last == CARRIER || NAMES.contains(&&*last))
}

fn error(kind: Kind, span: impl ToTokens, rule: &str) -> Diagnostic {
    Diagnostic::on(span, format_args!("`#[etiquette::{}]` {rule}", kind.name()))
}
