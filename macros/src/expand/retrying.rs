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
use crate::options::{LayerOptions, parse};
use crate::syntax::ret::Ret;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{ReturnType, Token};

/// The block at the end of the list.
struct Block {
    async_token: Token![async],
    capture: Option<Token![move]>,
    ret: Ret,
    braces: Group,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let async_token: Token![async] = input.parse()?;
        let capture = input.parse()?;
        let ret = if input.parse::<Option<Token![||]>>()?.is_some() {
            match input.parse::<ReturnType>()? {
                ReturnType::Default => Ret::unknown(),
                ReturnType::Type(_, ty) => Ret::from_type(&ty),
            }
        } else {
            Ret::unknown()
        };
        let braces: Group = input.parse()?;
        if braces.delimiter() != Delimiter::Brace {
            return Err(syn::Error::new(braces.span(), "expected a block between braces"));
        }
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            return Err(input.error("the block comes last"));
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
    let (options, block) = split(input);
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

/// Cuts the list before its first `async` that begins an entry.
fn split(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut options = TokenStream::new();
    let mut at_start = true;
    let mut tokens = input.into_iter().peekable();
    while let Some(token) = tokens.peek() {
        if at_start && matches!(token, TokenTree::Ident(ident) if ident == "async") {
            break;
        }
        at_start = matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        options.extend(tokens.next());
    }
    (options, tokens.collect())
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
    };
    let edge = super::scaffold::edge(ret);
    let attempt = quote!(#async_token { #edge match () { () => #braces } });
    let run = options.lower(Run::future(attempt), &cx, &Position::default());
    let (entry, stmts, expr) = run.into_parts();
    quote!(#async_token #capture { #entry #stmts #expr })
}
