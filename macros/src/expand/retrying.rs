//! `retrying!(attempts = 3, when = any, async { … })`, the loop of `#[retry]` around a block:
//!
//! ```text
//! async {
//!     let mut retry = Retry::new(…);
//!     loop { …one attempt: `async { … }.await`… }
//! }
//! ```

use super::{Context, Lower, Position, Run};
use crate::diag::{Diagnostic, Diagnostics};
use crate::hygiene::paths::CrateRoot;
use crate::options::retry::RetryOptions;
use crate::options::{LayerOptions, OptionSet, parse};
use crate::syntax::ret::Ret;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{ReturnType, Token, braced, token};

const WHAT_RUNS: &str = "`retrying!` runs an `async` block, or an `async` closure without parameters";

/// The block at the end of the list.
struct Block {
    async_token: Token![async],
    capture: Option<Token![move]>,
    ret: Ret,
    braces: Group,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let async_token: Token![async] = input.parse().map_err(|_| input.error(WHAT_RUNS))?;
        let capture = input.parse()?;
        let ret = if input.parse::<Option<Token![||]>>()?.is_some() {
            match input.parse::<ReturnType>()? {
                ReturnType::Default => Ret::unknown(),
                ReturnType::Type(_, ty) => Ret::from_type(&ty),
            }
        } else {
            Ret::unknown()
        };
        if !input.peek(token::Brace) {
            return Err(input.error(WHAT_RUNS));
        }
        // Not as a `Group`: a `$body:block` of a macro_rules stands in an invisible one.
        let content;
        let brace = braced!(content in input);
        let mut braces = Group::new(Delimiter::Brace, content.parse()?);
        braces.set_span(brace.span.join());
        let comma: Option<Token![,]> = input.parse()?;
        if !input.is_empty() {
            let rest: TokenStream = input.parse()?;
            let rest = if rest.is_empty() {
                comma.to_token_stream()
            } else {
                rest
            };
            return Err(syn::Error::new_spanned(rest, "the block comes last"));
        }
        Ok(Self {
            async_token,
            capture,
            ret,
            braces,
        })
    }
}

/// The expression that the macro stands for; beside errors it is a future of any type.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let (options, block) = split(input, &diagnostics);
    let root = crate::syntax::stack::crate_root(&options).unwrap_or_default();
    let options = parse::<RetryOptions>(options, &diagnostics);
    let block = syn::parse2::<Block>(block.clone()).map_err(|error| {
        let error = if block.is_empty() {
            Diagnostic::at(proc_macro2::Span::call_site(), "`retrying!` ends with the block to run")
        } else {
            error.into()
        };
        diagnostics.push(error.help("write `retrying!(attempts = 3, async { … }).await`, or `async || -> Result<T, E> { … }` to name the type"));
    });
    if let Some(options) = &options {
        options.check(&diagnostics);
        for (option, _) in options.facts().about_below {
            diagnostics.push(
                Diagnostic::on(
                    &option,
                    format_args!("`{option}` says nothing: `retrying!` has no layer below"),
                )
                .help("leave it out, or write it in a `#[retry]` above a `#[with_timeout(2s, attempt)]`"),
            );
        }
    }
    let tokens = match (&options, &block) {
        (Some(options), Ok(block)) if diagnostics.is_empty() => lower(options, block, &root),
        _ => quote!(async { ::core::unreachable!() }),
    };
    let errors = diagnostics.finish();
    if errors.is_empty() {
        tokens
    } else {
        quote!({ #errors #tokens })
    }
}

/// Cuts the list before its block: the first `async` that begins an entry, or follows a value without a comma. Where
/// there is none, a last entry that is no option stands where the block should.
fn split(input: TokenStream, diagnostics: &Diagnostics) -> (TokenStream, TokenStream) {
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let is_async = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "async");
    let is_value = |token: &TokenTree| match token {
        TokenTree::Ident(ident) => ident != "move",
        TokenTree::Punct(_) => false,
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
    };
    let starts = |at: usize| at == 0 || is_comma(&tokens[at - 1]);
    let block =
        (0..tokens.len()).find(|&at| is_async(&tokens[at]) && (starts(at) || is_value(&tokens[at - 1])));
    let cut = block.unwrap_or_else(|| {
        let last = tokens.iter().rposition(is_comma).map_or(0, |comma| comma + 1);
        if is_option(&tokens[last..]) {
            tokens.len()
        } else {
            last
        }
    });
    if block.is_some() && !starts(cut) {
        diagnostics.push(
            Diagnostic::on(&tokens[cut], "expected `,` before the block").help("write a comma before this"),
        );
    }
    let (options, block) = tokens.split_at(cut);
    (options.iter().cloned().collect(), block.iter().cloned().collect())
}

/// `name = …`, or a name that is an option's.
fn is_option(entry: &[TokenTree]) -> bool {
    match entry {
        [] => true,
        [TokenTree::Ident(_), TokenTree::Punct(equals), ..] => equals.as_char() == '=',
        [TokenTree::Ident(name), ..] => RetryOptions::KEYS.iter().any(|(key, _)| name == key),
        _ => false,
    }
}

fn lower(options: &RetryOptions, block: &Block, root: &CrateRoot) -> TokenStream {
    let Block {
        async_token,
        capture,
        ret,
        braces,
    } = block;
    let body = braces.stream();
    let cx = Context {
        root,
        sig: None,
        ret,
        body: &body,
        braces: braces.span(),
        operation: quote!(::core::concat!(::core::module_path!(), "::retrying")),
        is_test: false,
        self_name: None,
        fault: TokenStream::new(),
    };
    let edge = super::scaffold::edge(ret);
    let attempt = quote!(#async_token { #edge match () { () => #braces } });
    let run = options.lower(Run::future(attempt, ret), &cx, &Position::default());
    let (entry, stmts, expr) = run.into_parts();
    quote!(#async_token #capture { #entry #stmts #expr })
}
