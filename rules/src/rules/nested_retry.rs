//! A retried function that calls another retried one.

use syn::{Attribute, ExprCall, ExprMethodCall, ImplItem, Item};

use crate::context::{Cx, Hooks, Report, bare_ident};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `nested_retry`: a retry inside a retry: the attempts multiply
pub(crate) static RULE: Rule = Rule {
    id: "ETQ506",
    name: "nested_retry",
    summary: "a retry inside a retry: the attempts multiply",
    help: "retry at one level only, or give the inner one `attempts = 1`",
    not_a_defect_when: "the two retry different things, and the product of their attempts is meant",
    explain: include_str!("../../docs/nested_retry.md"),
    levels: Levels::of(['-', 'w', 'w', 'w', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !in_retry(cx) {
        return;
    }
    let Some(name) = bare_ident(&call.func) else {
        return;
    };
    let target = cx.tree().items.iter().find_map(|item| match item {
        Item::Fn(item) if item.sig.ident == *name => Some(item.attrs.as_slice()),
        _ => None,
    });
    report(cx, target, &name.to_string(), name);
}

/// `self.other()` in the same `impl`.
fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    let on_self = bare_ident(&call.receiver).is_some_and(|ident| ident == "self");
    if !on_self || !in_retry(cx) {
        return;
    }
    let Some(own) = cx.self_type() else { return };
    let target = cx.tree().items.iter().find_map(|item| {
        let Item::Impl(item) = item else { return None };
        let syn::Type::Path(path) = &*item.self_ty else {
            return None;
        };
        if path.path.segments.last().is_none_or(|last| last.ident != own) {
            return None;
        }
        item.items.iter().find_map(|item| match item {
            ImplItem::Fn(item) if item.sig.ident == call.method => Some(item.attrs.as_slice()),
            _ => None,
        })
    });
    report(cx, target, &call.method.to_string(), &call.method);
}

fn in_retry(cx: &Cx<'_>) -> bool {
    cx.function()
        .is_some_and(|function| cx.etiquette_attr(function.attrs, "retry").is_some())
}

fn report<'a>(cx: &mut Cx<'a>, target: Option<&'a [Attribute]>, name: &str, at: &impl quote::ToTokens) {
    if target.is_some_and(|attrs| cx.etiquette_attr(attrs, "retry").is_some()) {
        cx.report(
            &RULE,
            at,
            Report::new(format!("`{name}` retries too: the attempts multiply")),
        );
    }
}
