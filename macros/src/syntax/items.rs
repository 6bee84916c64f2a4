//! The items inside an `impl`, a `trait` or a `mod { … }`, told apart by their tokens alone: bodies stay raw, so that one
//! that is being typed does not cost the others anything.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// What holds items: everything up to its braces, and the braces.
pub(crate) struct Container {
    pub(crate) head: TokenStream,
    pub(crate) braces: Group,
}

impl Container {
    /// `item` as a container: `None` when it is something else, or a `mod name;`.
    pub(crate) fn of(item: TokenStream) -> Option<Self> {
        let mut tokens: Vec<TokenTree> = item.into_iter().collect();
        match tokens.pop() {
            Some(TokenTree::Group(braces)) if braces.delimiter() == Delimiter::Brace => {
                let keyword = tokens.iter().find_map(|token| match token {
                    TokenTree::Ident(ident) if !is_qualifier(&ident.to_string()) => Some(ident.to_string()),
                    _ => None,
                })?;
                matches!(keyword.as_str(), "impl" | "trait" | "mod").then(|| Self {
                    head: tokens.into_iter().collect(),
                    braces,
                })
            }
            _ => None,
        }
    }

    /// The container with other items in it.
    pub(crate) fn with(self, items: TokenStream) -> TokenStream {
        let mut braces = Group::new(Delimiter::Brace, items);
        braces.set_span(self.braces.span());
        let head = self.head;
        quote!(#head #braces)
    }
}

fn is_qualifier(word: &str) -> bool {
    matches!(
        word,
        "pub" | "unsafe" | "default" | "auto" | "const" | "async" | "crate" | "in"
    )
}

/// One item: its attributes and the rest.
pub(crate) struct Item {
    pub(crate) attrs: TokenStream,
    pub(crate) rest: TokenStream,
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attrs, rest } = self;
        tokens.extend(quote!(#attrs #rest));
    }
}

/// Cuts `tokens` into items.
pub(crate) fn items(tokens: TokenStream) -> Vec<Item> {
    let mut tokens = tokens.into_iter().peekable();
    let mut items = Vec::new();
    while tokens.peek().is_some() {
        let (mut attrs, mut rest) = (TokenStream::new(), TokenStream::new());
        while let Some(TokenTree::Punct(hash)) = tokens.peek()
            && hash.as_char() == '#'
        {
            let mut attr: TokenStream = tokens.next().into_iter().collect();
            let is_inner = matches!(tokens.peek(), Some(TokenTree::Punct(_)));
            attr.extend(is_inner.then(|| tokens.next()).flatten());
            attr.extend(tokens.next());
            if is_inner {
                // Of the container: an item without anything else.
                let rest = TokenStream::new();
                items.push(Item { attrs: attr, rest });
            } else {
                attrs.extend(attr);
            }
        }
        let mut end = End::default();
        for token in tokens.by_ref() {
            let last = end.is(&token);
            rest.extend(Some(token));
            if last {
                break;
            }
        }
        items.push(Item { attrs, rest });
    }
    items
}

/// Looks for an item's last token.
#[derive(Default)]
struct End {
    /// Ends at `;` whatever its braces: `const`, `static`, `type`, `use`.
    has_value: bool,
    has_keyword: bool,
    /// How deep in `<…>`: braces in there are a const argument.
    depth: u32,
    after_dash: bool,
}

impl End {
    fn is(&mut self, token: &TokenTree) -> bool {
        let after_dash = std::mem::take(&mut self.after_dash);
        match token {
            TokenTree::Punct(punct) => {
                match punct.as_char() {
                    ';' => return true,
                    '<' => self.depth += 1,
                    '>' if !after_dash => self.depth = self.depth.saturating_sub(1),
                    '-' | '=' => self.after_dash = true,
                    _ => {}
                }
                false
            }
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                if matches!(
                    word.as_str(),
                    "fn" | "impl" | "trait" | "mod" | "struct" | "enum" | "union" | "extern"
                ) {
                    // `const fn` is a function, and so is everything else that has one of these first.
                    if !self.has_keyword || word == "fn" {
                        self.has_value = false;
                    }
                    self.has_keyword = true;
                } else if !self.has_keyword
                    && matches!(word.as_str(), "const" | "static" | "type" | "use" | "let")
                {
                    self.has_value = true;
                }
                false
            }
            TokenTree::Group(group) => {
                group.delimiter() == Delimiter::Brace && self.depth == 0 && !self.has_value
            }
            TokenTree::Literal(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(tokens: TokenStream) -> Vec<String> {
        items(tokens)
            .iter()
            .map(|item| item.to_token_stream().to_string())
            .collect()
    }

    #[test]
    fn every_kind_of_item_ends_where_it_ends() {
        let all = [
            quote!(
                const A: [u8; { 1 + 1 }] = { [0; 2] };
            ),
            quote!(#![allow(x)]),
            quote!(
                #[inline]
                pub(crate) const fn b() -> Foo<{ N + 1 }> {
                    1
                }
            ),
            quote!(
                async fn c<const N: usize>(x: [u8; N]) -> Result<Vec<Vec<u8>>, E>
                where
                    E: Fn() -> X<'static>,
                {
                    body
                }
            ),
            quote!(
                fn required(&self);
            ),
            quote!(
                type T = Vec<fn() -> u8>;
            ),
            quote!(
                use a::{b, c};
            ),
            quote!(
                static S: u8 = { 1 };
            ),
            quote!(
                struct U;
            ),
            quote!(
                struct P<const N: usize = { 3 }>(u8);
            ),
            quote!(
                struct B {
                    x: u8,
                }
            ),
            quote!(
                enum E {
                    A,
                    B,
                }
            ),
            quote!(
                impl<const N: usize> T<{ N }> for U {
                    fn f() {}
                }
            ),
            quote!(
                mod m {
                    fn f() {}
                }
            ),
            quote!(thread_local! { static X: u8 = 1; }),
            quote!(some!(x);),
            quote!(
                unsafe extern "C" {
                    fn g();
                }
            ),
            quote!(
                async fn last() {}
            ),
        ];
        let together: TokenStream = all.iter().cloned().collect();
        let expected: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(cut(together), expected);
    }

    #[test]
    fn containers_are_known_by_their_keyword() {
        for yes in [
            quote!(
                impl<T> Foo<T> {
                    fn f() {}
                }
            ),
            quote!(
                pub(crate) unsafe trait T {}
            ),
            quote!(
                pub mod m {}
            ),
        ] {
            assert!(Container::of(yes).is_some());
        }
        for no in [
            quote!(
                mod m;
            ),
            quote!(
                async fn f() -> impl Trait {}
            ),
            quote!(
                struct S {
                    x: u8,
                }
            ),
        ] {
            assert!(Container::of(no).is_none());
        }
    }
}
