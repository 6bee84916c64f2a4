//! Questions about raw tokens that nobody has parsed.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// Whether `name` is mentioned, also inside nested groups and as `{name}` in a format string.
///
/// A mention may be something else of the same name (a field, a shadowing `let`): callers must stay right then.
pub(crate) fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    mention(tokens, name).is_some()
}

/// Where `name` is mentioned first.
pub(crate) fn mention(tokens: &TokenStream, name: &Ident) -> Option<Span> {
    fn inner(tokens: TokenStream, name: &str, plain: &str) -> Option<Span> {
        tokens.into_iter().find_map(|token| match token {
            TokenTree::Ident(ident) => (ident == name).then(|| ident.span()),
            TokenTree::Group(group) => inner(group.stream(), name, plain),
            TokenTree::Literal(literal) => {
                in_format_string(&literal.to_string(), plain).then(|| literal.span())
            }
            TokenTree::Punct(_) => None,
        })
    }
    inner(
        tokens.clone(),
        &name.to_string(),
        &crate::hygiene::names::plain(name),
    )
}

/// Whether the source of a literal has `{name}` or `{name:…}` in it.
fn in_format_string(literal: &str, name: &str) -> bool {
    literal.split('{').skip(1).any(|rest| {
        rest.trim_start()
            .strip_prefix(name)
            .is_some_and(|rest| matches!(rest.trim_start().chars().next(), Some('}' | ':')))
    })
}

/// Whether an `.await` stands in `tokens`, at any depth.
pub(crate) fn awaits(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "await",
        TokenTree::Group(group) => awaits(&group.stream()),
        _ => false,
    })
}

/// Where an `.await` stands in `tokens` that is not in an `async` block of its own.
pub(crate) fn awaited_here(tokens: &TokenStream) -> Option<Span> {
    let mut in_async = false;
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == "async" => {
            in_async = true;
            None
        }
        TokenTree::Ident(ident) => (ident == "await").then(|| ident.span()),
        TokenTree::Group(group) if in_async && group.delimiter() == Delimiter::Brace => {
            in_async = false;
            None
        }
        TokenTree::Group(group) => awaited_here(&group.stream()),
        _ => None,
    })
}

/// `tokens` with every identifier `from` replaced by `to`, which takes over the user's span.
pub(crate) fn rename(tokens: TokenStream, from: &str, to: &Ident) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) if ident == from => {
                let mut to = to.clone();
                to.set_span(ident.span().located_at(ident.span()).resolved_at(to.span()));
                TokenTree::Ident(to)
            }
            TokenTree::Group(group) => {
                let mut renamed =
                    proc_macro2::Group::new(group.delimiter(), rename(group.stream(), from, to));
                renamed.set_span(group.span());
                TokenTree::Group(renamed)
            }
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::{format_ident, quote};

    #[test]
    fn a_name_is_found_in_groups_and_format_strings() {
        let id = format_ident!("id");
        assert!(mentions(&quote!(f(g(id))), &id));
        assert!(mentions(&quote!(println!("{id}")), &id));
        assert!(mentions(&quote!(println!("{ id:?}")), &id));
        assert!(!mentions(&quote!(println!("id {ident}", 1)), &id));
        assert!(!mentions(&quote!(idea), &id));
    }

    #[test]
    fn an_await_of_an_inner_block_is_that_blocks() {
        assert!(awaited_here(&quote!(f(x.await))).is_some());
        assert!(awaited_here(&quote!(handle.block_on(async move { x.await }))).is_none());
        assert!(awaited_here(&quote!(let a = async { 1 }; { a.await })).is_some());
    }

    #[test]
    fn raw_names_are_the_names_they_spell() {
        let raw = format_ident!("r#type");
        assert!(mentions(&quote!(f(r#type)), &raw));
        assert!(mentions(&quote!(println!("{type}")), &raw));
    }

    #[test]
    fn self_is_renamed_at_every_depth() {
        let renamed = rename(quote!(|e| self.n < f(self)), "self", &format_ident!("__self"));
        assert_eq!(renamed.to_string(), quote!(|e| __self.n < f(__self)).to_string());
    }
}
