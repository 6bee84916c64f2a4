//! Identifiers that expansions introduce.
//!
//! Internal ones are mixed-site, so user code can neither see nor break them. A name that the user asked for
//! (`attempt = at`) is call-site hygiene *of the body's braces*: an attribute whose `#` came from a `macro_rules!` has
//! another hygiene than the body it stands on (rust#134882).

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// A name that only the expansion knows: `__etq_out`.
pub(crate) fn internal(name: &str) -> Ident {
    Ident::new(&format!("__etq_{name}"), Span::mixed_site())
}

/// `wanted`, visible to the body that stands between braces at `body`.
pub(crate) fn visible(wanted: &Ident, body: Span) -> Ident {
    let mut ident = wanted.clone();
    ident.set_span(wanted.span().resolved_at(body));
    ident
}

/// The name without `r#`, for texts.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}
