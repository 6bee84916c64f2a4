//! A task whose log lines belong to no span.

use quote::ToTokens;
use syn::{ExprCall, Item};

use super::detached_spawn::in_approved_function;
use super::paths::is_tokio_spawn;
use crate::context::{Cx, Hooks, Report, attr_named, bare_ident, strip, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `task_without_span`: what this task logs belongs to no span
pub(crate) static RULE: Rule = Rule {
    id: "ETQ701",
    name: "task_without_span",
    summary: "what this task logs belongs to no span",
    help: "write `tokio::spawn(future.in_current_span())`, or put `#[instrument_task]` on what it runs",
    not_a_defect_when: "the function that is spawned has a span of its own, or one of `tasks.spawn` adds it",
    explain: include_str!("../../docs/task_without_span.md"),
    levels: Levels::of(['-', '-', '-', '-', 'w']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if call.args.len() != 1
        || !cx.callee(call).iter().any(|path| is_tokio_spawn(path))
        || in_approved_function(cx)
    {
        return;
    }
    let spans = [
        "instrument",
        "in_current_span",
        "span",
        "info_span",
        "debug_span",
        "instrument_task",
        "with_subscriber",
    ];
    let future = &call.args[0];
    if tokens_mention(future.to_token_stream(), &|word| spans.contains(&word))
        || runs_an_instrumented_fn(cx, future)
    {
        return;
    }
    cx.report(&RULE, &call.func, Report::new(RULE.summary));
}

/// `tokio::spawn(work())` where `work` is in this file and carries a span; elsewhere nobody can tell.
fn runs_an_instrumented_fn(cx: &Cx<'_>, future: &syn::Expr) -> bool {
    let syn::Expr::Call(inner) = strip(future) else {
        return !matches!(strip(future), syn::Expr::Async(_));
    };
    let Some(name) = bare_ident(&inner.func) else {
        return true;
    };
    let own = cx.tree().items.iter().find_map(|item| match item {
        Item::Fn(item) if item.sig.ident == *name => Some(item),
        _ => None,
    });
    own.is_none_or(|item| {
        attr_named(&item.attrs, "instrument").is_some()
            || attr_named(&item.attrs, "instrument_task").is_some()
    })
}
