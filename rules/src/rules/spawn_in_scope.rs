//! A plain spawn inside a scope, which the task then does not belong to.

use syn::{Expr, ExprCall};

use super::paths::is_tokio_spawn;
use crate::context::{Cx, Frame, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `spawn_in_scope`: the task does not belong to the scope around it: neither its deadline nor its cancellation reaches it
pub(crate) static RULE: Rule = Rule {
    id: "ETQ307",
    name: "spawn_in_scope",
    summary: "the task does not belong to the scope around it: neither its deadline nor its cancellation reaches it",
    help: "use `Tasks::spawn`, which takes the scope along",
    not_a_defect_when: "the task is meant to outlive the scope: `detach` its handle and say why",
    explain: include_str!("../../docs/spawn_in_scope.md"),
    levels: Levels::of(['-', 'w', 'w', 'w', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !cx.callee(call).iter().any(|path| is_tokio_spawn(path)) {
        return;
    }
    if in_scope_run(cx) || under_scope_attribute(cx) {
        cx.report(&RULE, &call.func, Report::new(RULE.summary));
    }
}

/// `scope.run(async { … })`, where the receiver is known to be one of etiquette's scopes.
fn in_scope_run(cx: &Cx<'_>) -> bool {
    let mut n = 0;
    while let Some(expr) = cx.around(n) {
        n += 1;
        let Expr::MethodCall(run) = expr else { continue };
        let origin = if run.method == "run" {
            cx.origin(&run.receiver)
        } else {
            None
        };
        if origin.is_some_and(|origin| {
            origin.root == "etiquette::Scope" || origin.root.starts_with("etiquette::Scope::")
        }) {
            return true;
        }
    }
    false
}

/// `#[with_timeout(…, inherit)]` and `#[cancellable(Scope::current())]`.
fn under_scope_attribute(cx: &Cx<'_>) -> bool {
    cx.frames().any(|frame| {
        let Frame::Function(function) = frame else {
            return false;
        };
        let says = |name: &str, word: &str| {
            let attr = cx.etiquette_attr(function.attrs, name);
            let tokens = attr
                .and_then(|attr| attr.meta.require_list().ok())
                .map(|list| list.tokens.clone());
            tokens.is_some_and(|tokens| crate::context::tokens_mention(tokens, &|found| found == word))
        };
        says("with_timeout", "inherit") || says("cancellable", "Scope")
    })
}
