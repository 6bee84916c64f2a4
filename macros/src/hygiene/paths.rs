//! Absolute paths: to the runtime crate's hidden module, and to `core` names that users may have shadowed.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// Where the runtime crate is found from the user's crate.
#[derive(Debug, Clone)]
pub(crate) struct CrateRoot(TokenStream);

impl CrateRoot {
    pub(crate) fn new(path: TokenStream) -> Self {
        Self(path)
    }

    /// `::etiquette::__private::name`
    pub(crate) fn private(&self, name: &str) -> TokenStream {
        let root = &self.0;
        let name = proc_macro2::Ident::new(name, proc_macro2::Span::mixed_site());
        quote!(#root::__private::#name)
    }

    /// `::etiquette::__private::name!`, to be followed by its arguments.
    pub(crate) fn shim(&self, name: &str) -> TokenStream {
        let path = self.private(name);
        quote!(#path!)
    }

    /// Whether `tokens` name the hidden module of this crate: only an expansion of ours does.
    pub(crate) fn is_used_in(&self, tokens: TokenStream) -> bool {
        let root = self.0.clone().into_iter().last().map(|last| last.to_string());
        root.is_some_and(|root| mentions_private(tokens, &root))
    }
}

impl Default for CrateRoot {
    fn default() -> Self {
        Self(quote!(::etiquette))
    }
}

impl ToTokens for CrateRoot {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

/// Looks for `root :: __private` at any depth.
fn mentions_private(tokens: TokenStream, root: &str) -> bool {
    let mut after_root = 0;
    for token in tokens {
        after_root = match (&token, after_root) {
            (TokenTree::Ident(ident), 3) if ident == "__private" => return true,
            (TokenTree::Ident(ident), _) if ident == root => 1,
            (TokenTree::Punct(colon), 1 | 2) if colon.as_char() == ':' => after_root + 1,
            (TokenTree::Group(group), _) => {
                if mentions_private(group.stream(), root) {
                    return true;
                }
                0
            }
            _ => 0,
        };
    }
    false
}

/// `::core::option::Option::Some`
pub(crate) fn some() -> TokenStream {
    quote!(::core::option::Option::Some)
}

/// `::core::option::Option::None`
pub(crate) fn none() -> TokenStream {
    quote!(::core::option::Option::None)
}

/// `::core::result::Result::Ok`
pub(crate) fn ok() -> TokenStream {
    quote!(::core::result::Result::Ok)
}

/// `::core::result::Result::Err`
pub(crate) fn err() -> TokenStream {
    quote!(::core::result::Result::Err)
}
