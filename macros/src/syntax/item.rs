//! The item under an attribute. A function's body stays a group of raw tokens: a half-typed body still has a
//! signature, and what is never parsed is never printed differently from how the user wrote it.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Signature, Token, Visibility};

/// Attributes, and everything after them untouched.
pub(crate) struct Annotated {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) item: TokenStream,
}

impl Parse for Annotated {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attrs: input.call(Attribute::parse_outer)?,
            item: input.parse()?,
        })
    }
}

impl ToTokens for Annotated {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, item } = self;
        tokens.extend(quote!(#(#attrs)* #item));
    }
}

/// A function with its body as raw tokens.
pub(crate) struct Function {
    pub(crate) vis: Visibility,
    pub(crate) defaultness: Option<Ident>,
    pub(crate) sig: Signature,
    pub(crate) body: Body,
}

/// What stands after a signature.
pub(crate) enum Body {
    /// `{ … }`, without its inner attributes.
    Block { inner_attrs: TokenStream, block: Group },
    /// `;`: a trait's required method.
    Required(Token![;]),
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let vis = input.parse()?;
        let defaultness = if input.peek(Ident) && input.fork().parse::<Ident>()? == "default" {
            Some(input.parse()?)
        } else {
            None
        };
        let sig = input.parse()?;
        let body = if input.peek(Token![;]) {
            Body::Required(input.parse()?)
        } else {
            Body::of(input.parse()?)?
        };
        Ok(Self {
            vis,
            defaultness,
            sig,
            body,
        })
    }
}

impl Body {
    fn of(token: TokenTree) -> syn::Result<Self> {
        match token {
            // `$body:block` of a macro_rules arrives inside an invisible group.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                let mut inner = group.stream().into_iter();
                match (inner.next(), inner.next()) {
                    (Some(token), None) => Self::of(token),
                    _ => Err(syn::Error::new(group.span(), "expected a function body")),
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Ok(Self::block(group)),
            other => Err(syn::Error::new(other.span(), "expected a function body")),
        }
    }

    /// Splits `#![…]` off the front of `group`.
    fn block(group: Group) -> Self {
        let mut tokens = group.stream().into_iter().peekable();
        let mut inner_attrs = TokenStream::new();
        loop {
            let mut ahead = tokens.clone();
            match (ahead.next(), ahead.next(), ahead.next()) {
                (
                    Some(TokenTree::Punct(hash)),
                    Some(TokenTree::Punct(bang)),
                    Some(TokenTree::Group(list)),
                ) if hash.as_char() == '#'
                    && bang.as_char() == '!'
                    && list.delimiter() == Delimiter::Bracket =>
                {
                    inner_attrs.extend(tokens.by_ref().take(3));
                }
                _ => break,
            }
        }
        let mut block = Group::new(Delimiter::Brace, tokens.collect());
        block.set_span(group.span());
        Self::Block { inner_attrs, block }
    }
}

fn stands_before_fn(token: &TokenTree) -> bool {
    const QUALIFIERS: [&str; 4] = ["fn", "async", "unsafe", "extern"];
    matches!(token, TokenTree::Ident(ident) if QUALIFIERS.iter().any(|word| ident == word))
}

/// What an item is, for the error that says an attribute does not belong on it.
pub(crate) struct Kind {
    pub(crate) keyword: Span,
    pub(crate) name: &'static str,
}

impl Kind {
    /// The kind of `item`, `None` when it is a function or nothing known.
    pub(crate) fn of(item: &TokenStream) -> Option<Self> {
        const KINDS: &[(&str, &str)] = &[
            ("struct", "a struct"),
            ("enum", "an enum"),
            ("union", "a union"),
            ("trait", "a trait"),
            ("impl", "an impl block"),
            ("mod", "a module"),
            ("use", "a use declaration"),
            ("static", "a static"),
            ("type", "a type alias"),
            ("macro_rules", "a macro"),
            ("let", "a statement"),
        ];
        let mut tokens = item.clone().into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => {
                    if ident == "fn" {
                        return None;
                    }
                    if ident == "const" && !tokens.peek().is_some_and(stands_before_fn) {
                        return Some(Self {
                            keyword: ident.span(),
                            name: "a constant",
                        });
                    }
                    if let Some((_, name)) = KINDS.iter().find(|(keyword, _)| ident == keyword) {
                        return Some(Self {
                            keyword: ident.span(),
                            name,
                        });
                    }
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return None,
                _ => {}
            }
        }
        None
    }
}
