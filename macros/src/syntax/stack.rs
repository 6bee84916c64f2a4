//! The carrier: how several attributes on one function become one stack.
//!
//! rustc expands attributes from the top, each knowing only itself. So no attribute lowers anything: it appends its own
//! tokens to one hidden attribute, `#[::etiquette::__private::__layers(top(…); next(…);)]`, and gives the item back.
//! rustc itself decides whose attribute a name is; names here only decide where the carrier stands. It goes after the
//! last attribute that looks like one of ours, so that all of them have spoken when it is expanded, and before any
//! runner, which needs to find an `async fn` already lowered.

use crate::hygiene::paths::CrateRoot;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Meta, Token, parenthesized, parse_quote};

/// The carrier's own name.
pub(crate) const CARRIER: &str = "__layers";

/// What `#[defaults]` on a block leaves on each function inside.
const DEFAULTS: &str = "__defaults";

/// Attributes of others that wrap a body and stay async: the carrier lets them go first.
const WRAPPERS: &[&str] = &["instrument", "trace", "autometrics", "framed"];

/// Attributes of ours that read a function as it was written: the carrier lets them go first.
const READERS: &[&str] = &["conventions", "exempt"];

/// Attributes that turn an `async fn` into a sync one that runs it, or into several tests.
const RUNNERS: &[&str] = &[
    "test",
    "main",
    "rstest",
    "case",
    "test_case",
    "wasm_bindgen_test",
    "test_log",
    "bench",
];

/// One attribute as it was written.
pub(crate) struct Entry {
    /// The attribute's name, spanned to the whole attribute.
    pub(crate) name: Ident,
    /// What stood between its parentheses.
    pub(crate) args: TokenStream,
    /// A `tracing::instrument` above it has already wrapped the body.
    pub(crate) instrumented: bool,
}

impl Entry {
    /// `name(args);`, with a `!` after the name for an instrumented body.
    fn to_carried(&self) -> TokenStream {
        let Self { name, args, .. } = self;
        let mark = self.instrumented.then(|| quote!(!));
        quote_spanned!(name.span()=> #name #mark (#args);)
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let instrumented = input.parse::<Option<Token![!]>>()?.is_some();
        let content;
        parenthesized!(content in input);
        let args = content.parse()?;
        input.parse::<Token![;]>()?;
        Ok(Self {
            name,
            args,
            instrumented,
        })
    }
}

/// What the carrier carries, top first.
pub(crate) struct Entries(pub(crate) Vec<Entry>);

impl Parse for Entries {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut entries = Vec::new();
        while !input.is_empty() {
            entries.push(input.parse()?);
        }
        Ok(Self(entries))
    }
}

/// Appends `entry` to the carrier among `attrs`, placing one first where there is none.
pub(crate) fn defer(entry: &Entry, attrs: &mut Vec<Attribute>, ours: &[&str], root: &CrateRoot) {
    let carried = entry.to_carried();
    if let Some(carrier) = attrs
        .iter_mut()
        .find(|attr| last_name(attr).as_deref() == Some(CARRIER))
    {
        if let Meta::List(list) = &mut carrier.meta {
            list.tokens.extend(carried);
        }
        return;
    }
    let path = root.private(CARRIER);
    let known = |name: String| {
        let others = [ours, WRAPPERS, READERS];
        others.iter().any(|names| names.contains(&&*name)) || name == DEFAULTS
    };
    let place = attrs[..before_runner(attrs)]
        .iter()
        .rposition(|attr| last_name(attr).is_some_and(known))
        .map_or(0, |last| last + 1);
    attrs.insert(place, parse_quote!(#[#path(#carried)]));
}

/// The place before the first runner, or after the last attribute.
pub(crate) fn before_runner(attrs: &[Attribute]) -> usize {
    attrs.iter().position(is_runner).unwrap_or(attrs.len())
}

/// Whether a runner still stands among `attrs`: the function is a test, or a program's `main`.
pub(crate) fn is_test(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| is_runner(attr) && last_name(attr).as_deref() != Some("main"))
}

fn is_runner(attr: &Attribute) -> bool {
    last_name(attr).is_some_and(|name| RUNNERS.contains(&&*name))
}

fn last_name(attr: &Attribute) -> Option<String> {
    attr.path().segments.last().map(|last| last.ident.to_string())
}

/// Whether the outermost statements of `body` are those that `tracing::instrument` writes.
pub(crate) fn is_instrumented(body: &TokenStream) -> bool {
    let mut tokens = body.clone().into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "__tracing_attr_span" => return true,
            // An invisible group, or the braces of a body that was handed over whole.
            TokenTree::Group(group) if tokens.clone().next().is_none() => {
                return is_instrumented(&group.stream());
            }
            _ => {}
        }
    }
    false
}

/// The path after `crate =` among `args`, as written; its form is checked with the other options.
pub(crate) fn crate_root(args: &TokenStream) -> Option<CrateRoot> {
    let mut tokens = args.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_crate = matches!(&token, TokenTree::Ident(ident) if ident == "crate");
        let is_set = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
        if is_crate && is_set {
            let path: TokenStream = tokens
                .skip(1)
                .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
                .collect();
            let parsed = syn::parse2::<syn::Path>(path.clone()).ok()?;
            return is_absolute(&parsed).then(|| CrateRoot::new(path));
        }
    }
    None
}

/// The crate root that any attribute among `attrs` which looks like ours names.
pub(crate) fn crate_root_of_siblings(attrs: &[Attribute], ours: &[&str]) -> Option<CrateRoot> {
    attrs
        .iter()
        .filter(|attr| last_name(attr).is_some_and(|name| ours.contains(&&*name)))
        .find_map(|attr| match &attr.meta {
            Meta::List(list) => crate_root(&list.tokens),
            _ => None,
        })
}

/// `::x`, `crate::x`, `$crate::x`: found from anywhere in the crate.
pub(crate) fn is_absolute(path: &syn::Path) -> bool {
    path.leading_colon.is_some()
        || path
            .segments
            .first()
            .is_some_and(|first| first.ident == "crate" || first.ident == "$crate")
}

/// An entry for the attribute that is being expanded.
pub(crate) fn entry(name: &str, args: TokenStream, body: Option<&TokenStream>) -> Entry {
    Entry {
        name: Ident::new(name, Span::call_site()),
        args,
        instrumented: body.is_some_and(is_instrumented),
    }
}
