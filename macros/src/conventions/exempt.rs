//! `#[exempt(rule, reason = "…")]`: checked for its form here and taken away; what it covers is the engine's to say.

use crate::diag::Diagnostic;
use crate::syntax::item::Annotated;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token, parse_quote};

/// The attribute by itself: the item as it was. Above `#[conventions]` it goes below, where that can read it.
pub(crate) fn attribute(args: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(error) = mistake(&args) {
        let error = error.into_tokens();
        return quote!(#error #item);
    }
    let Ok(Annotated {
        mut attrs,
        item: rest,
    }) = syn::parse2(item.clone())
    else {
        return item;
    };
    let Some(reader) = attrs.iter().rposition(is_conventions) else {
        return item;
    };
    attrs.insert(reader + 1, parse_quote!(#[::etiquette::exempt(#args)]));
    quote!(#(#attrs)* #rest)
}

fn is_conventions(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|last| last.ident == "conventions")
}

/// What is wrong with how it is written. Names are not looked up: that is done where the rules are known.
fn mistake(args: &TokenStream) -> Option<Diagnostic> {
    const HELP: &str =
        "write `#[etiquette::exempt(blocking_fs, reason = \"the file is read once, at start\")]`";
    if args.is_empty() {
        return Some(Diagnostic::at(Span::call_site(), "`#[exempt]` names at least one rule").help(HELP));
    }
    let entries = match Punctuated::<Meta, Token![,]>::parse_terminated.parse2(args.clone()) {
        Ok(entries) => entries,
        Err(error) => {
            return Some(
                Diagnostic::at(
                    error.span(),
                    "`#[exempt]` takes names of rules and `reason = \"…\"`",
                )
                .help(HELP),
            );
        }
    };
    let mut names = 0;
    for entry in &entries {
        match entry {
            Meta::Path(path) if path.get_ident().is_some() => names += 1,
            Meta::NameValue(pair) if pair.path.is_ident("reason") => {
                if !matches!(&pair.value, Expr::Lit(ExprLit { lit: Lit::Str(_), .. })) {
                    return Some(Diagnostic::on(&pair.value, "`reason` is a string literal").help(HELP));
                }
            }
            other => {
                return Some(
                    Diagnostic::on(other, "`#[exempt]` takes names of rules and `reason = \"…\"`").help(HELP),
                );
            }
        }
    }
    (names == 0).then(|| Diagnostic::on(&entries, "`#[exempt]` names at least one rule").help(HELP))
}

/// `tokens` without any `#[exempt(…)]`: rustc refuses attributes of others on statements. What an inner
/// `#[conventions]` will read keeps its own.
pub(crate) fn strip(tokens: TokenStream) -> TokenStream {
    stripped(tokens.clone()).unwrap_or(tokens)
}

/// `None` when there is nothing to take away: groups that stay as they are keep their spans.
fn stripped(tokens: TokenStream) -> Option<TokenStream> {
    let mut kept = TokenStream::new();
    let mut changed = false;
    let mut is_read = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if let (TokenTree::Punct(hash), Some(TokenTree::Group(group))) = (&token, tokens.peek())
            && hash.as_char() == '#'
            && group.delimiter() == Delimiter::Bracket
        {
            let name = name_of(group);
            if name.as_deref() == Some("exempt") && !is_read {
                tokens.next();
                changed = true;
                continue;
            }
            is_read |= name.as_deref() == Some("conventions");
            kept.extend([token]);
            kept.extend(tokens.next());
            continue;
        }
        let TokenTree::Group(group) = token else {
            kept.extend([token]);
            continue;
        };
        let is_body = group.delimiter() == Delimiter::Brace;
        let inner = if is_read { None } else { stripped(group.stream()) };
        is_read &= !is_body;
        changed |= inner.is_some();
        kept.extend([TokenTree::Group(match inner {
            Some(inner) => regroup(&group, inner),
            None => group,
        })]);
    }
    changed.then_some(kept)
}

/// A group like this one with something else in it.
pub(crate) fn regroup(group: &Group, inner: TokenStream) -> Group {
    let mut new = Group::new(group.delimiter(), inner);
    new.set_span(group.span());
    new
}

/// The last name in the path of `[path::name(…)]`.
fn name_of(attr: &Group) -> Option<String> {
    let mut name = None;
    for token in attr.stream() {
        match token {
            TokenTree::Ident(ident) => name = Some(ident.to_string()),
            TokenTree::Punct(colon) if colon.as_char() == ':' => {}
            _ => break,
        }
    }
    name
}

/// By its last name, as the engine reads it: the crate may go by another.
#[cfg(feature = "conventions")]
pub(crate) fn is_exempt(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|last| last.ident == "exempt")
}

/// The names that an attribute exempts from; `None` when it is not one of these.
#[cfg(feature = "conventions")]
pub(crate) fn names(attr: &Attribute) -> Option<Vec<syn::Ident>> {
    if !is_exempt(attr) {
        return None;
    }
    let entries = attr
        .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .ok()?;
    Some(
        entries
            .iter()
            .filter_map(|entry| match entry {
                Meta::Path(path) => path.get_ident().cloned(),
                _ => None,
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_lose_it_and_an_inner_reader_keeps_it() {
        let before = quote! {
            #[etiquette::exempt(a, reason = "x")]
            mod m {
                async fn f() {
                    #[exempt(blocking_fs, reason = "once")]
                    let x = read();
                    #[cfg(unix)]
                    go(|| { #[manners::exempt(b)] stop(); });
                }
                #[conventions]
                async fn g() { #[exempt(c)] h(); }
                async fn i() { #[exempt(c)] h(); }
            }
        };
        let after = quote! {
            mod m {
                async fn f() {
                    let x = read();
                    #[cfg(unix)]
                    go(|| { stop(); });
                }
                #[conventions]
                async fn g() { #[exempt(c)] h(); }
                async fn i() { h(); }
            }
        };
        assert_eq!(strip(before).to_string(), after.to_string());
    }

    #[test]
    fn above_a_reader_it_goes_below() {
        let moved = attribute(
            quote!(a),
            quote!(
                #[etiquette::conventions]
                #[inline]
                fn f() {}
            ),
        );
        let expected = quote!(
            #[etiquette::conventions]
            #[::etiquette::exempt(a)]
            #[inline]
            fn f() {}
        );
        assert_eq!(moved.to_string(), expected.to_string());
        let alone = quote!(
            #[inline]
            fn f() {}
        );
        assert_eq!(attribute(quote!(a), alone.clone()).to_string(), alone.to_string());
    }

    #[test]
    fn mistakes_in_it_are_told() {
        for (args, rule) in [
            (quote!(), "names at least one rule"),
            (quote!(reason = "x"), "names at least one rule"),
            (quote!(a, reason = 5), "`reason` is a string literal"),
            (quote!(a::b), "takes names of rules"),
            (quote!(a, because = "x"), "takes names of rules"),
            (quote!("a"), "takes names of rules"),
        ] {
            let expanded = attribute(
                args,
                quote!(
                    fn f() {}
                ),
            )
            .to_string();
            assert!(
                expanded.contains("compile_error") && expanded.contains(rule),
                "{expanded}"
            );
        }
    }
}
