//! Runs the pipeline: tokens → syntax → options → model → expand. No stage reaches back.
//!
//! Whatever goes wrong, the user's item is emitted: an editor keeps its types, and callers do not fail for a mistake in
//! an option.

use crate::diag::{Diagnostic, Diagnostics};
use crate::expand;
use crate::hygiene::paths::CrateRoot;
use crate::layers::{Layer, NAMES};
use crate::model::classes::Classes;
use crate::model::plan::{Plan, Planned, Shape};
use crate::model::validate;
use crate::syntax::boxed::Boxed;
use crate::syntax::item::{Annotated, Body, Function, Kind};
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
            diagnostics.is_empty().then(|| expand::expand(&plan))
        });
        let errors = diagnostics.finish();
        match lowered.filter(|_| errors.is_empty()) {
            Some(lowered) => lowered,
            None => {
                let item = used(item);
                quote!(#errors #item)
            }
        }
    })
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
    let top = entries.first()?.name.clone();
    let root = entries
        .iter()
        .find_map(|entry| stack::crate_root(&entry.args))
        .unwrap_or_default();
    let Annotated { attrs, item } = syn::parse2(item).ok()?;
    let function = match syn::parse2::<Function>(item.clone()) {
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
    })
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

fn not_async(top: &Ident, function: &Function, body: &TokenStream, attrs: &[syn::Attribute]) -> Diagnostic {
    // A runner writes the path out; `#[test]` alone is the user's, on a function that never was async.
    let is_test = attrs.iter().any(|attr| {
        let segments = &attr.path().segments;
        segments.len() > 1 && segments.last().is_some_and(|last| last.ident == "test")
    });
    if is_test || mentions_runtime(body) {
        return Diagnostic::on(
            function.sig.fn_token,
            format_args!("a runner above `#[{top}]` has already made this function sync"),
        )
        .help(format_args!(
            "move `#[{top}]` above the runner, as in `#[{top}] #[tokio::test] async fn …`"
        ));
    }
    let error = Diagnostic::on(
        function.sig.fn_token,
        format_args!("`#[{top}]` needs an `async fn`"),
    );
    if attrs.iter().any(|attr| attr.path().is_ident("test")) {
        return error.help(format_args!(
            "write `#[tokio::test] async fn {}(…)`: a plain `#[test]` cannot wait",
            function.sig.ident
        ));
    }
    let returns_future = function
        .sig
        .output
        .to_token_stream()
        .to_string()
        .contains("Future");
    if let syn::ReturnType::Type(_, ty) = &function.sig.output
        && let syn::Type::Tuple(_) = crate::syntax::ret::ungroup(ty)
        && returns_future
    {
        error
            .note("a future that comes with something else is not the whole call")
            .help(format_args!(
                "make the future in an `async fn` of its own, and put `#[{top}]` on that"
            ))
    } else if returns_future {
        error.help(format_args!(
            "write `async fn {}(…)`, or end the function in `async move {{ … }}` or `Box::pin(async move {{ … }})`",
            function.sig.ident
        ))
    } else {
        error.help(format_args!("write `async fn {}(…)`", function.sig.ident))
    }
}

fn mentions_runtime(body: &TokenStream) -> bool {
    body.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => {
            ident == "block_on" || ident == "new_multi_thread" || ident == "new_current_thread"
        }
        TokenTree::Group(group) => mentions_runtime(&group.stream()),
        _ => false,
    })
}

fn wrong_item(top: &Ident, item: &TokenStream) -> Option<Diagnostic> {
    let kind = Kind::of(item)?;
    let error = Diagnostic::at(
        kind.keyword,
        format_args!("`#[{top}]` belongs on an `async fn`, not on {}", kind.name),
    );
    Some(match kind.name {
        "an impl block" | "a trait" | "a module" => {
            error.help(format_args!("put `#[{top}]` on the functions inside"))
        }
        _ => error.help(format_args!("write `#[{top}] async fn …`")),
    })
}

fn too_late(attribute: &Ident) -> Diagnostic {
    Diagnostic::at(
        attribute.span(),
        format_args!("`#[{attribute}]` comes too late: the attributes above it are already one stack"),
    )
    .help(format_args!(
        "call it by its own name, `#[etiquette::{attribute}]`, so that the stack finds it, or move it to the top"
    ))
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
