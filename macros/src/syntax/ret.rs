//! A function's return type, as far as its tokens tell.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{ReturnType, Type, parse_quote, parse_quote_spanned};

/// What a function returns.
pub(crate) struct Ret {
    /// The type as it can be named inside the body: `impl Trait` becomes `_`. `None` when it cannot be told.
    named: Option<Type>,
    /// The type as it was written, for spans.
    written: TokenStream,
    pub(crate) never: bool,
    pub(crate) unit: bool,
    /// As far as its tokens tell, a future itself.
    pub(crate) is_future: bool,
    /// The whole type is an `impl Trait`.
    pub(crate) opaque: bool,
}

impl Ret {
    pub(crate) fn of(output: &ReturnType, fn_name: Span) -> Self {
        match output {
            ReturnType::Default => Self {
                named: Some(parse_quote_spanned!(fn_name=> ())),
                written: quote_spanned!(fn_name=> ()),
                never: false,
                unit: true,
                is_future: false,
                opaque: false,
            },
            ReturnType::Type(_, ty) => Self::from_type(ty),
        }
    }

    pub(crate) fn from_type(ty: &Type) -> Self {
        let bare = ungroup(ty);
        Self {
            named: Some(erase(ty)),
            written: ty.to_token_stream(),
            never: matches!(bare, Type::Never(_)),
            unit: matches!(bare, Type::Tuple(tuple) if tuple.elems.is_empty()),
            is_future: names_future(bare),
            opaque: matches!(bare, Type::ImplTrait(_)),
        }
    }

    /// A type that no token tells: an `async` block's own.
    pub(crate) fn unknown() -> Self {
        Self {
            named: None,
            written: TokenStream::new(),
            never: false,
            unit: false,
            is_future: false,
            opaque: false,
        }
    }

    /// The type where one must be named, `_` where it is for the compiler to find.
    pub(crate) fn named(&self) -> TokenStream {
        self.named
            .as_ref()
            .map_or_else(|| quote!(_), Type::to_token_stream)
    }

    /// `if let Some(r) = None::<Ret> { return r; }`: ties an `async` block to the declared type, so that a wrong
    /// value in the body is reported on that value. Nothing to tie for `!` and for what is unknown.
    pub(crate) fn is_known(&self) -> bool {
        self.named.is_some() && !self.never
    }

    /// Whether the whole type can be named, and there is a value of it.
    pub(crate) fn is_whole(&self) -> bool {
        fn is_opaque(tokens: TokenStream) -> bool {
            tokens.into_iter().any(|token| match token {
                TokenTree::Ident(ident) => ident == "impl",
                TokenTree::Group(group) => is_opaque(group.stream()),
                _ => false,
            })
        }
        self.is_known() && !is_opaque(self.written.clone())
    }

    /// The tokens to underline when the return type is at fault.
    pub(crate) fn span_tokens(&self) -> &TokenStream {
        &self.written
    }
}

/// Looks through the invisible groups that `$t:ty` fragments leave.
pub(crate) fn ungroup(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup(&group.elem),
        Type::Paren(paren) => ungroup(&paren.elem),
        other => other,
    }
}

/// Whether a name that ends like a future's is in it: `impl Future`, `Pin<Box<dyn Future>>`, `BoxFuture`.
fn names_future(ty: &Type) -> bool {
    fn mentions(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident.to_string().ends_with("Future"),
            TokenTree::Group(group) => mentions(group.stream()),
            _ => false,
        })
    }
    mentions(ty.to_token_stream())
}

/// `ty` with every `impl Trait` as `_`.
fn erase(ty: &Type) -> Type {
    struct Erase;
    impl VisitMut for Erase {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if let Type::ImplTrait(_) = ty {
                *ty = parse_quote!(_);
            } else {
                visit_mut::visit_type_mut(self, ty);
            }
        }
    }
    let mut ty = ty.clone();
    Erase.visit_type_mut(&mut ty);
    ty
}
