//! Whom an error about generated code should point at.

use proc_macro2::TokenStream;

/// `path`, so that what rustc has to say about it underlines the first token of `blamed`.
///
/// Each token still resolves where it did: the `$crate` of a macro's author is not the user's.
pub(crate) fn blame(path: TokenStream, blamed: &TokenStream) -> TokenStream {
    let Some(first) = blamed.clone().into_iter().next() else {
        return path;
    };
    path.into_iter()
        .map(|mut token| {
            token.set_span(first.span().resolved_at(token.span()));
            token
        })
        .collect()
}
