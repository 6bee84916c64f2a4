//! One task per incoming connection, without a limit.

use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, ExprCall, ExprMethodCall};

use super::paths::last;
use crate::context::{Cx, Hooks, Report, Verdict, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `unbounded_accept_loop`: one task per incoming connection, and no limit on how many
pub(crate) static RULE: Rule = Rule {
    id: "ETQ303",
    name: "unbounded_accept_loop",
    summary: "one task per incoming connection, and no limit on how many",
    help: "take a `Semaphore` permit before the spawn, or put `#[concurrency_limit(n)]` on the handler",
    not_a_defect_when: "the loop takes a permit, counts its tasks in a set, or serves a bounded number of connections",
    explain: include_str!("../../docs/unbounded_accept_loop.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Tokens,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if cx.callee(call).iter().any(|path| last(path) == "spawn") && unlimited(cx) {
        cx.report(&RULE, &call.func, Report::new(RULE.summary));
    }
}

fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    // `set.spawn(…)` on a `JoinSet` or tracker bounds nothing by itself, but then somebody counts.
    let on_runtime = cx
        .origin(&call.receiver)
        .is_some_and(|origin| origin.root.starts_with("tokio::runtime::"));
    if call.method == "spawn" && on_runtime && unlimited(cx) {
        cx.report(&RULE, &call.method, Report::new(RULE.summary));
    }
}

/// The loop around takes connections from outside, and nothing in the function speaks of a limit.
fn unlimited(cx: &Cx<'_>) -> bool {
    let Some(looped) = cx.in_loop() else { return false };
    let accepts = cx.contains(
        |search| search.visit_expr(looped.expr),
        |expr| match expr {
            Expr::Await(awaited) if is_accept(&awaited.base) => Verdict::Found,
            // `select!` without `.await`: its arms are futures themselves.
            Expr::MethodCall(call) if call.method == "accept" && call.args.is_empty() => Verdict::Found,
            _ => Verdict::Enter,
        },
    );
    accepts && !speaks_of_a_limit(cx)
}

fn is_accept(base: &Expr) -> bool {
    matches!(base, Expr::MethodCall(call) if call.method == "accept" && call.args.is_empty())
}

fn speaks_of_a_limit(cx: &Cx<'_>) -> bool {
    let Some(function) = cx.function() else {
        return true;
    };
    let limits = [
        "permit",
        "semaphore",
        "acquire",
        "limit",
        "joinset",
        "tasktracker",
        "max_conn",
        "capacity",
        "throttle",
    ];
    let speaks = |word: &str| {
        let word = word.to_lowercase();
        limits.iter().any(|limit| word.contains(limit))
    };
    tokens_mention(function.block.to_token_stream(), &speaks)
        || tokens_mention(function.sig.to_token_stream(), &speaks)
}
