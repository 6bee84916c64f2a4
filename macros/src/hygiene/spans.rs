//! Whom an error about generated code should point at.

use proc_macro2::{Span, TokenStream};

/// `path`, so that what rustc has to say about it underlines the first token of `blamed`.
pub(crate) fn blame(path: TokenStream, blamed: &TokenStream) -> TokenStream {
    let Some(first) = blamed.clone().into_iter().next() else {
        return path;
    };
    let span = first.span().resolved_at(Span::mixed_site());
    path.into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}
