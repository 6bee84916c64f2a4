//! Runs the pipeline: tokens → syntax → options → model → expand. No stage reaches back.
//!
//! Whatever goes wrong, the user's item is emitted: an editor keeps its types, and callers do not fail for a mistake in
//! an option.

use crate::diag::misplaced::{not_a_container, not_async, too_late, wrong_item};
use crate::diag::{Diagnostic, Diagnostics};
use crate::expand;
use crate::hygiene::paths::CrateRoot;
use crate::layers::{Layer, NAMES};
use crate::model::classes::Classes;
use crate::model::defaults;
use crate::model::plan::{Plan, Planned, Shape};
use crate::model::validate;
use crate::options::defaults::DefaultsOptions;
use crate::options::parse;
use crate::runner;
use crate::syntax::boxed::Boxed;
use crate::syntax::item::{Annotated, Body, Function};
use crate::syntax::items::Container;
use crate::syntax::pattern::params;
use crate::syntax::ret::Ret;
use crate::syntax::stack::{self, Entries, Entry};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// One attribute: hands itself to the carrier.
pub(crate) fn attribute(name: &str, args: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item.clone(), || {
        let Ok(Annotated { mut attrs, item }) = syn::parse2(item.clone()) else {
            return item;
        };
        let body = body_of(&item);
        let entry = stack::entry(name, args, body.as_ref());
        let root = stack::crate_root(&entry.args)
            .or_else(|| stack::crate_root_of_siblings(&attrs, NAMES))
            .unwrap_or_default();
        if body.is_some_and(|body| root.is_used_in(body)) {
            let error = too_late(&entry.name).into_tokens();
            return quote!(#error #(#attrs)* #item);
        }
        stack::defer(&entry, &mut attrs, NAMES, &root);
        quote!(#(#attrs)* #item)
    })
}

/// The carrier: lowers the whole stack.
pub(crate) fn layers(args: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item.clone(), || {
        let diagnostics = Diagnostics::new();
        let lowered = plan(args, item.clone(), &diagnostics).and_then(|plan| {
            validate::check(&plan, &diagnostics);
            for layer in &plan.defaulted {
                diagnostics.note_where(
                    &format!("#[{layer}"),
                    format_args!(
                        "`#[defaults]` adds it here; `#[{layer}(none)]` on the function leaves it out"
                    ),
                );
            }
            diagnostics.is_empty().then(|| expand::expand(&plan))
        });
        let errors = diagnostics.finish();
        match lowered {
            _ if !errors.is_empty() => {
                let item = used(item);
                quote!(#errors #item)
            }
            Some(lowered) => lowered,
            // Every layer is opted out of.
            None => item,
        }
    })
}

/// `#[defaults(…)]`: hands itself to every async fn inside.
pub(crate) fn defaults(args: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item.clone(), || {
        let Ok(Annotated { attrs, item: inside }) = syn::parse2(item.clone()) else {
            return item;
        };
        let diagnostics = Diagnostics::new();
        if let Some(options) = parse::<DefaultsOptions>(args.clone(), &diagnostics) {
            options.check(&diagnostics);
        }
        if args.is_empty() {
            diagnostics.push(
                Diagnostic::at(Span::call_site(), "`#[defaults]` needs a layer to add")
                    .help("write it as in `#[etiquette::defaults(with_timeout(5s), instrument_task)]`"),
            );
        }
        let container = Container::of(inside.clone());
        if container.is_none() {
            diagnostics.push(not_a_container(&inside));
        }
        let errors = diagnostics.finish();
        match container.filter(|_| errors.is_empty()) {
            Some(container) => {
                let root = stack::crate_root(&args).unwrap_or_default();
                let expanded = expand::defaults::expand(container, &args, &root);
                quote!(#(#attrs)* #expanded)
            }
            None => quote!(#errors #item),
        }
    })
}

/// `#[conventions]`
pub(crate) fn conventions(args: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item.clone(), || crate::conventions::conventions(args, item))
}

/// `#[exempt(rule, reason = "…")]`
pub(crate) fn exempt(args: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item.clone(), || crate::conventions::exempt::attribute(args, item))
}

/// The function as it was, with every parameter used: one that only an option names, and the option is wrong, would be
/// a warning on top of the error.
fn used(item: TokenStream) -> TokenStream {
    let Ok(Annotated {
        attrs,
        item: function,
    }) = syn::parse2(item.clone())
    else {
        return item;
    };
    let Ok(Function {
        vis,
        defaultness,
        sig,
        body: Body::Block { inner_attrs, block },
    }) = syn::parse2(function)
    else {
        return item;
    };
    let params = params(&sig)
        .filter(|param| !param.conditional)
        .map(|param| param.ident);
    let statements = block.stream();
    let mut body = Group::new(
        Delimiter::Brace,
        quote!(#inner_attrs let _ = (#(&#params,)*); #statements),
    );
    body.set_span(block.span());
    quote!(#(#attrs)* #vis #defaultness #sig #body)
}

/// `retrying!(…)`
pub(crate) fn retrying(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || expand::retrying::expand(input))
}

/// `#[etiquette::main]`, `#[etiquette::test]`
pub(crate) fn runner(kind: runner::Kind, args: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item.clone(), || runner::runner(kind, args, item))
}

/// `#[derive(Classify)]`
pub(crate) fn classify(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let input = match syn::parse2(input) {
            Ok(input) => input,
            Err(error) => return error.to_compile_error(),
        };
        let diagnostics = Diagnostics::new();
        let mut classes = Classes::of(input, &diagnostics);
        if !diagnostics.is_empty() {
            // The type still classifies, so that its users are not told that it does not.
            classes.make_permanent();
        }
        let errors = diagnostics.finish();
        let implementation = expand::classify::expand(&classes);
        quote!(#errors #implementation)
    })
}

/// Everything the tokens say, or `None` when they are not a function we can act on.
fn plan(args: TokenStream, item: TokenStream, diagnostics: &Diagnostics) -> Option<Plan> {
    let entries = match syn::parse2::<Entries>(args) {
        Ok(Entries(entries)) => entries,
        Err(error) => {
            diagnostics.push(error.into());
            return None;
        }
    };
    let root = entries
        .iter()
        .find_map(|entry| stack::crate_root(&entry.args))
        .unwrap_or_default();
    let Annotated { attrs, item } = syn::parse2(item).ok()?;
    let function = syn::parse2::<Function>(item.clone());
    let (name, returns_unit) = match &function {
        Ok(function) => (function.sig.ident.span(), returns_unit(function)),
        Err(_) => (Span::call_site(), false),
    };
    let (entries, defaulted) = defaults::apply(entries, name, returns_unit);
    let top = entries.first()?.name.clone();
    let function = match function {
        Ok(function) => function,
        Err(error) => {
            diagnostics.push(wrong_item(&top, &item).unwrap_or_else(|| {
                Diagnostic::from(error).note(format_args!("`#[{top}]` belongs on an `async fn`"))
            }));
            return None;
        }
    };
    let (layers, complete) = read(entries, diagnostics);
    let is_test = stack::is_test(&attrs);
    let (shape, ret, function) = shape(&top, function, &attrs, &root, diagnostics)?;
    let Function {
        vis,
        defaultness,
        sig,
        body,
    } = function;
    let Body::Block { inner_attrs, block } = body else {
        return None;
    };
    Some(Plan {
        attrs,
        vis,
        defaultness,
        sig,
        inner_attrs,
        body: block,
        shape,
        ret,
        layers,
        complete,
        root,
        is_test,
        defaulted,
    })
}

/// Whether a call has nothing to return: no error would fit. A boxed future says it inside.
fn returns_unit(function: &Function) -> bool {
    let text = function.sig.output.to_token_stream().to_string().replace(' ', "");
    text.is_empty() || text == "->()" || text.contains("Output=()")
}

/// The options of every attribute; `false` when some could not be read.
fn read(entries: Vec<Entry>, diagnostics: &Diagnostics) -> (Vec<Planned>, bool) {
    let wanted = entries.len();
    let layers: Vec<Planned> = entries
        .into_iter()
        .filter_map(|entry| {
            let layer = Layer::parse(&entry.name.to_string(), entry.args, diagnostics)?;
            let facts = layer.options().facts();
            Some(Planned {
                attribute: entry.name,
                layer,
                facts,
                instrumented: entry.instrumented,
            })
        })
        .collect();
    let complete = layers.len() == wanted;
    (layers, complete)
}

/// How the function is async; reports one that is not.
fn shape(
    top: &Ident,
    mut function: Function,
    attrs: &[syn::Attribute],
    root: &CrateRoot,
    diagnostics: &Diagnostics,
) -> Option<(Shape, Ret, Function)> {
    let sig = &function.sig;
    if let Some(constness) = &sig.constness {
        diagnostics.push(
            Diagnostic::on(
                constness,
                format_args!("`#[{top}]` needs an `async fn`, and a `const fn` cannot wait"),
            )
            .help("write `async fn`"),
        );
        return None;
    }
    let (block, inner_attrs) = match &function.body {
        Body::Required(semi) => {
            diagnostics.push(
                Diagnostic::on(
                    semi,
                    format_args!("`#[{top}]` on a method without a body would not reach its implementations"),
                )
                .help("put it on the method in each `impl`, or give the trait's method a body"),
            );
            return None;
        }
        Body::Block { block, inner_attrs } => (block.clone(), inner_attrs.clone()),
    };
    if root.is_used_in(block.stream()) {
        diagnostics.push(too_late(top));
        return None;
    }
    if sig.asyncness.is_some() {
        let ret = Ret::of(&sig.output, sig.ident.span());
        return Some((Shape::Native, ret, function));
    }
    let Some(mut boxed) = Boxed::of(&block, &sig.output) else {
        diagnostics.push(not_async(top, &function, &block.stream(), attrs));
        return None;
    };
    let ret = std::mem::replace(&mut boxed.ret, Ret::unknown());
    function.body = Body::Block {
        inner_attrs,
        block: boxed.body.clone(),
    };
    Some((Shape::Boxed(Box::new(boxed)), ret, function))
}

/// The contents of the last braces.
fn body_of(item: &TokenStream) -> Option<TokenStream> {
    match item.clone().into_iter().last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => body_of(&group.stream()),
        _ => None,
    }
}

/// A macro that panics helps nobody: a bug of ours is an error that says so, beside the item as it was.
fn guarded(item: TokenStream, pipeline: impl FnOnce() -> TokenStream) -> TokenStream {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(pipeline)).unwrap_or_else(|panic| {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        let error = Diagnostic::at(
            Span::call_site(),
            format_args!("this is a bug in etiquette, please report it: {what}"),
        )
        .into_tokens();
        quote!(#error #item)
    })
}
