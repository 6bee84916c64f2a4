//! `send`: the futures of async fns are declared to be `Send`, and are asked from outside of their bodies, where the
//! compiler knows them:
//!
//! ```text
//! async fn work(list: Vec<u8>, into: &Table) { … }
//! const _: () = {
//!     fn __etq_send(__etq_0: Vec<u8>, __etq_1: &Table) {
//!         etiquette::__conventions::task_not_send(work(__etq_0, __etq_1))
//!     }
//! };
//! ```
//!
//! At `deny` rustc's own error names the variable and the `.await`; at `warn` the future is asked as other values are.
//! Types that only the caller knows cannot be asked.

use super::ask::question;
use super::exempt::regroup;
use crate::hygiene::names::internal;
use crate::hygiene::paths::CrateRoot;
use crate::syntax::item::{Body, Function};
use crate::syntax::items::{Container, items};
use etiquette_rules::{Level, Probe, ProbeKind};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::{Attribute, FnArg, GenericParam, Generics, ItemImpl, ReceiverKind, Safety};

/// What asks for the futures of one item, and how the items inside are changed for it.
pub(super) struct Sends<'p> {
    /// The functions that are to be asked, and not exempted.
    probes: Vec<&'p Probe>,
    root: &'p CrateRoot,
}

impl<'p> Sends<'p> {
    pub(super) fn new(probes: &'p [Probe], root: &'p CrateRoot) -> Self {
        let is_send = |probe: &&Probe| matches!(probe.kind, ProbeKind::Send);
        Self {
            probes: probes.iter().filter(is_send).collect(),
            root,
        }
    }

    /// The check of a function that no `impl` is around.
    pub(super) fn of_function(&self, function: &Function) -> TokenStream {
        let name = &function.sig.ident;
        self.check(function, None, &quote!(#name)).unwrap_or_default()
    }

    /// The checks of the methods in an `impl … { … }`; they stand beside it.
    pub(super) fn of_impl(&self, container: &Container) -> TokenStream {
        let head = &container.head;
        let Ok(block) = syn::parse2::<ItemImpl>(quote!(#head {})) else {
            return TokenStream::new();
        };
        let path = path_of(&block);
        let checks = items(container.braces.stream()).into_iter().filter_map(|item| {
            let function: Function = syn::parse2(item.rest).ok()?;
            let name = &function.sig.ident;
            let check = self.check(&function, Some(&block), &quote!(#path::#name))?;
            let conditions = conditions(&item.attrs);
            Some(quote!(#(#conditions)* #check))
        });
        checks.collect()
    }

    /// The items of a module, each followed by its checks.
    pub(super) fn inside_module(&self, tokens: TokenStream) -> TokenStream {
        let mut with = TokenStream::new();
        for item in items(tokens) {
            let (attrs, rest) = (item.attrs, item.rest);
            let checks = match Container::of(rest.clone()) {
                Some(module) if is_module(&module) => {
                    let inner = self.inside_module(module.braces.stream());
                    let module = module.with(inner);
                    with.extend(quote!(#attrs #module));
                    continue;
                }
                Some(container) => self.of_impl(&container),
                None => syn::parse2::<Function>(rest.clone())
                    .map(|function| self.of_function(&function))
                    .unwrap_or_default(),
            };
            with.extend(quote!(#attrs #rest));
            if !checks.is_empty() {
                let conditions = conditions(&attrs);
                with.extend(quote!(#(#conditions)* const _: () = { #checks };));
            }
        }
        with
    }

    /// `None` where nothing is asked, or nothing can be: a type that only the caller knows, a receiver without its
    /// `impl`, an argument that may not be there.
    fn check(
        &self,
        function: &Function,
        around: Option<&ItemImpl>,
        path: &TokenStream,
    ) -> Option<TokenStream> {
        let sig = &function.sig;
        let name = &sig.ident;
        let probe = self.probes.iter().find(|probe| is_at(probe.start, name.span()))?;
        let is_cfg = |arg: &FnArg| match arg {
            FnArg::Typed(arg) => arg.attrs.iter().any(|attr| attr.path().is_ident("cfg")),
            FnArg::Receiver(receiver) => around.is_none() || !receiver.attrs.is_empty(),
        };
        let outer = around.map(|block| &block.generics);
        let opaque = sig.inputs.iter().any(|arg| mentions(&quote!(#arg), "impl"));
        if matches!(function.body, Body::Required(_))
            || !matches!(sig.safety, Safety::Default)
            || sig.inputs.iter().any(is_cfg)
            || opaque
            || [outer, Some(&sig.generics)].into_iter().flatten().any(has_types)
        {
            return None;
        }
        let types = sig
            .inputs
            .iter()
            .map(|arg| type_of(arg, around))
            .collect::<Vec<_>>();
        let args: Vec<Ident> = (0..types.len()).map(|n| internal(&n.to_string())).collect();
        let generics = merged(&sig.generics, around);
        let bounds = [outer, Some(&sig.generics)].into_iter().flatten();
        let bounds = bounds
            .filter_map(|generics| generics.where_clause.as_ref())
            .flat_map(|clause| &clause.predicates);
        let bounds: Vec<TokenStream> = bounds.map(|bound| with_self(quote!(#bound), around)).collect();
        let check = internal("send");
        let root = self.root;
        let at = name.span();
        let path = respan(path.clone(), at);
        let args_list = quote_spanned!(at=> (#(#args),*));
        let future = quote!(#path #args_list);
        let asked = if probe.level == Level::Deny {
            let ask = Ident::new("task_not_send", at.resolved_at(Span::mixed_site()));
            quote!(#root::__conventions::#ask(#future))
        } else {
            let value = internal("future");
            let question = question(probe, &quote!(#value), at, root);
            quote!(let #value = #future; #question)
        };
        Some(quote! {
            const _: () = {
                fn #check #generics (#(#args: #types),*) where #(#bounds),* { #asked }
            };
        })
    }
}

pub(super) fn is_module(container: &Container) -> bool {
    let mut head = container.head.clone().into_iter();
    head.any(|token| matches!(token, TokenTree::Ident(ident) if ident == "mod"))
}

fn is_at(one: Span, other: Span) -> bool {
    let (one, other) = (one.start(), other.start());
    (one.line, one.column) == (other.line, other.column)
}

fn has_types(generics: &Generics) -> bool {
    generics.type_params().next().is_some()
}

/// `<Type>`, or `<Type as Trait>`.
fn path_of(block: &ItemImpl) -> TokenStream {
    let ty = &block.self_ty;
    match &block.trait_ {
        Some((name, _)) => quote!(<#ty as #name>),
        None => quote!(<#ty>),
    }
}

/// The lifetimes and constants of both, in the order that the language wants.
fn merged(own: &Generics, around: Option<&ItemImpl>) -> TokenStream {
    let outer = around.map(|block| &block.generics);
    let all = || {
        let both = outer.into_iter().chain([own]);
        both.flat_map(|generics| &generics.params)
    };
    let is_lifetime = |param: &&GenericParam| matches!(param, GenericParam::Lifetime(_));
    let params = all()
        .filter(is_lifetime)
        .chain(all().filter(|param| !is_lifetime(param)));
    let params = params.map(|param| with_self(param.to_token_stream(), around));
    quote!(<#(#params),*>)
}

fn type_of(arg: &FnArg, around: Option<&ItemImpl>) -> TokenStream {
    let own_self = around.map(|block| &block.self_ty);
    match arg {
        FnArg::Typed(arg) => with_self(arg.ty.to_token_stream(), around),
        FnArg::Receiver(receiver) => match &receiver.kind {
            ReceiverKind::Reference(and, lifetime, mutability) => {
                quote!(#and #lifetime #mutability #own_self)
            }
            ReceiverKind::Typed(_, ty) => with_self(ty.to_token_stream(), around),
            _ => own_self.to_token_stream(),
        },
    }
}

/// `Self`, written out; before `::` with its trait, whose types it may name.
fn with_self(tokens: TokenStream, around: Option<&ItemImpl>) -> TokenStream {
    let Some(block) = around else { return tokens };
    let is_colon =
        |token: Option<TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let mut written = TokenStream::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                let mut ahead = tokens.clone();
                let is_path = is_colon(ahead.next()) && is_colon(ahead.next());
                written.extend(if is_path {
                    path_of(block)
                } else {
                    block.self_ty.to_token_stream()
                });
            }
            TokenTree::Group(group) => {
                let inner = with_self(group.stream(), around);
                written.extend([TokenTree::Group(regroup(&group, inner))]);
            }
            other => written.extend([other]),
        }
    }
    written
}

fn mentions(tokens: &TokenStream, word: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(&group.stream(), word),
        _ => false,
    })
}

/// The same names, underlined elsewhere.
fn respan(tokens: TokenStream, at: Span) -> TokenStream {
    let each = tokens.into_iter().map(|mut token| {
        token.set_span(at.resolved_at(token.span()));
        token
    });
    each.collect()
}

/// The `#[cfg(…)]` among these attributes.
fn conditions(attrs: &TokenStream) -> Vec<Attribute> {
    let mut attrs = Attribute::parse_outer.parse2(attrs.clone()).unwrap_or_default();
    attrs.retain(|attr| attr.path().is_ident("cfg"));
    attrs
}
