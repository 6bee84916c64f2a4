//! What an editor sends while somebody types: the item stays, with its types, and what was typed of the body stays as
//! it was, so that completion has something to complete.

use super::{NAMES, expand};
use crate::driver;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

const SIGNATURE: &str = "async fn fetch (v : Vec < u8 >) -> Result < usize , Error >";

fn squeezed(tokens: &TokenStream) -> String {
    tokens.to_string().split_whitespace().collect()
}

fn count(text: &str, part: &str) -> usize {
    let part: String = part.split_whitespace().collect();
    text.matches(&part).count()
}

fn stack(attributes: &str, body: &str) -> String {
    let item = format!("{attributes} {SIGNATURE} {{ {body} }}");
    squeezed(&expand(item.parse().expect("tokens")))
}

const STACKS: [&str; 15] = [
    "#[instrument_task]",
    "#[cancellable(future = stop)]",
    "#[with_timeout(5s)]",
    "#[retry]",
    "#[with_timeout(5s, total)] #[retry(attempts = 2)] #[with_timeout(1s, attempt)]",
    "#[instrument_task(fields(v))] #[cancellable(TOKEN)] #[with_timeout(5s)]",
    "#[circuit_breaker]",
    "#[concurrency_limit(16, wait = 1s)]",
    "#[rate_limit(100, per = 1s, wait = none)]",
    "#[hedge(after = 50ms)]",
    "#[fallback(Ok(0))]",
    "#[fallback(with = |error| instead(error).await)]",
    "#[shield]",
    "#[blocking]",
    "#[instrument_task] #[cancellable(TOKEN)] #[fallback(Ok(0))] #[with_timeout(3s, total)] #[retry] #[circuit_breaker] \
     #[rate_limit(100, per = 1s)] #[with_timeout(1s, attempt)] #[concurrency_limit(16)]",
];

// H135
#[test]
fn a_body_that_does_not_parse_is_expanded_as_it_is() {
    let bodies = [
        "v.",
        "let n = v. Ok(n)",
        "let",
        "if v.len() >",
        "match v {",
        "v.iter().map(|",
        "\"open\" ; )",
        "#[",
        "v.len(",
    ];
    for attributes in STACKS {
        for body in bodies {
            // What is not even tokens does not reach a macro.
            let Ok(tokens) = body.parse::<TokenStream>() else {
                continue;
            };
            let out = stack(attributes, body);
            assert_eq!(count(&out, "fn fetch("), 1, "{attributes} {body}: {out}");
            assert_eq!(
                count(&out, "-> Result < usize , Error > {"),
                1,
                "{attributes} {body}: {out}"
            );
            assert_eq!(
                count(&out, &format!("=> {{ {tokens} }}")),
                1,
                "{attributes} {body}: {out}"
            );
            assert_eq!(count(&out, "compile_error"), 0, "{attributes} {body}: {out}");
        }
    }
}

// H136, H137
#[test]
fn options_that_are_being_typed_leave_the_function_as_it_is() {
    let options = [
        "#[retry(attempts = )]",
        "#[retry(attempts = , constant(1s))]",
        "#[retry(att)]",
        "#[retry(when = |e| )]",
        "#[retry(when = |e| e.)]",
        "#[retry(clone())]",
        "#[retry(exponential(100ms, factor = ))]",
        "#[with_timeout(5)]",
        "#[with_timeout(self.)]",
        "#[with_timeout(until = )]",
        "#[cancellable(self.)]",
        "#[cancellable(future = )]",
        "#[instrument_task(fields(id = ))]",
        "#[instrument_task(level = )]",
        "#[retry] #[retry(key = )]",
        "#[circuit_breaker(window = )]",
        "#[circuit_breaker(state = self.)]",
        "#[circuit_breaker(abandoned = )]",
        "#[concurrency_limit]",
        "#[concurrency_limit(, wait = 1s)]",
        "#[concurrency_limit(16, wait = )]",
        "#[concurrency_limit(semaphore = )]",
        "#[rate_limit(100)]",
        "#[rate_limit(100, per)]",
        "#[rate_limit(100, per = )]",
        "#[hedge]",
        "#[hedge(after)]",
        "#[hedge(after = )]",
        "#[fallback]",
        "#[fallback(Ok(0)., when = )]",
        "#[fallback(with = )]",
        "#[fallback(with = |error| error.)]",
        "#[shield(name = )]",
        "#[blocking(limit = )]",
    ];
    for attributes in options {
        let out = stack(attributes, "v.");
        assert!(count(&out, "::core::compile_error!") >= 1, "{attributes}: {out}");
        assert_eq!(count(&out, SIGNATURE), 1, "{attributes}: {out}");
        assert_eq!(count(&out, "v."), 1, "the body, {attributes}: {out}");
        assert_eq!(count(&out, "__etq"), 0, "{attributes}: {out}");
    }
}

#[test]
fn one_mistake_is_one_error() {
    let options = [
        "#[retry(attempts = )]",
        "#[retry(when = |e| e.)]",
        "#[retry(attempts = 3 constant(1s))]",
        "#[with_timeout(5)]",
        "#[with_timeout(self.)]",
        "#[with_timeout(until)]",
        "#[with_timeout(until = )]",
        "#[cancellable(self.)]",
        "#[cancellable(future)]",
        "#[cancellable(future = )]",
        "#[circuit_breaker(window = )]",
        "#[circuit_breaker(state = self.)]",
        "#[concurrency_limit(wait = none)]",
        "#[concurrency_limit(16, wait = )]",
        "#[concurrency_limit(semaphore = , wait = none)]",
        "#[rate_limit(wait = none)]",
        "#[rate_limit(100, wait = none)]",
        "#[rate_limit(100, per, wait = none)]",
        "#[rate_limit(100, per = , wait = none)]",
        "#[rate_limit(per = 1s, wait = none)]",
        "#[hedge]",
        "#[hedge(after = )]",
        "#[fallback]",
        "#[fallback(with = )]",
        "#[fallback(with = |error| error.)]",
        "#[blocking(limit = )]",
    ];
    for attributes in options {
        assert_eq!(
            count(&stack(attributes, "Ok(1)"), "compile_error"),
            1,
            "{attributes}"
        );
    }
}

// H138: rust-analyzer has sent delimiters as punctuation, bodies in invisible groups, and items without a body. A
// punctuation `{` cannot be made here; whatever a macro panics on is caught by the same guard.
#[test]
fn an_item_that_no_compiler_would_send_comes_back() {
    let body = quote!(Ok(v.len()));
    let group = |delimiter| TokenTree::Group(Group::new(delimiter, body.clone()));
    let signature: TokenStream = SIGNATURE.parse().expect("tokens");
    let (paren, bracket) = (group(Delimiter::Parenthesis), group(Delimiter::Bracket));
    let invisible = TokenTree::Group(Group::new(Delimiter::None, body.clone()));
    let items = [
        quote!(#signature),
        quote!(#signature #paren),
        quote!(#signature #bracket),
        quote!(#signature #invisible),
        quote!(#signature = #body),
        quote!(#signature #body),
        quote!(async fn),
        quote!(fn fetch),
        TokenStream::new(),
    ];
    for name in NAMES {
        for item in &items {
            for out in [
                driver::attribute(name, TokenStream::new(), item.clone()),
                carried(name, item.clone()),
            ] {
                let (out, item) = (squeezed(&out), squeezed(item));
                assert!(out.ends_with(&item), "{name} on `{item}`: {out}");
                assert!(!out.contains("bug in etiquette"), "{name} on `{item}`: {out}");
            }
        }
    }
}

/// What the carrier makes of `item`.
fn carried(name: &str, item: TokenStream) -> TokenStream {
    let name: TokenStream = name.parse().expect("a name");
    driver::layers(quote!(#name();), item)
}
