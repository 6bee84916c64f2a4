//! Errors about what an attribute stands on: the wrong kind of item, a function that is not async, a stack that was
//! lowered already.

use super::Diagnostic;
use crate::syntax::item::{Function, Kind};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;

pub(crate) fn not_a_container(item: &TokenStream) -> Diagnostic {
    let rule = "`#[defaults]` belongs on an `impl`, a `trait` or a `mod { … }`";
    match Kind::of(item) {
        Some(kind) if kind.name == "a module" => {
            Diagnostic::at(kind.keyword, rule).help("put it on the items in the module's own file")
        }
        Some(kind) => Diagnostic::at(kind.keyword, format_args!("{rule}, not on {}", kind.name))
            .help("put the layers on the functions themselves"),
        None => Diagnostic::on(item, rule)
            .help("put the layers on the function itself, as in `#[with_timeout(5s)]`"),
    }
}

pub(crate) fn not_async(
    top: &Ident,
    function: &Function,
    body: &TokenStream,
    attrs: &[syn::Attribute],
) -> Diagnostic {
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

pub(crate) fn wrong_item(top: &Ident, item: &TokenStream) -> Option<Diagnostic> {
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

pub(crate) fn too_late(attribute: &Ident) -> Diagnostic {
    Diagnostic::at(
        attribute.span(),
        format_args!("`#[{attribute}]` comes too late: the attributes above it are already one stack"),
    )
    .help(format_args!(
        "call it by its own name, `#[etiquette::{attribute}]`, so that the stack finds it, or move it to the top"
    ))
}
