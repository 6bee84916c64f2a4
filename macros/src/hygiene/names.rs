//! Identifiers that expansions introduce.
//!
//! Internal ones are mixed-site, so user code can neither see nor break them. A name that the user asked for
//! (`attempt = at`) has the hygiene of the place where the body names it: an attribute whose `#` came from a
//! `macro_rules!` has another than the body it stands on (rust#134882), and so may the body's own braces.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// A name that only the expansion knows: `__etq_out`.
pub(crate) fn internal(name: &str) -> Ident {
    Ident::new(&format!("__etq_{name}"), Span::mixed_site())
}

/// `wanted`, as it is called at `place`.
pub(crate) fn visible(wanted: &Ident, place: Span) -> Ident {
    let mut ident = wanted.clone();
    ident.set_span(wanted.span().resolved_at(place));
    ident
}

/// The name without `r#`, for texts.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}
