//! A task whose handle is dropped at once.

use syn::{Expr, ExprCall, ExprMethodCall, Stmt};

use super::paths::{is_tokio_spawn, last};
use super::waited_for::is_waited_for;
use crate::context::{Cx, Hooks, Report, bare_ident, method_chain_root};
use crate::policy::path_matches;
use crate::rule::Levels;
use crate::{Needs, ProbeKind, Rule};

/// `detached_spawn`: the handle of this task is dropped: nobody sees its panic, and nobody can wait for its end
pub(crate) static RULE: Rule = Rule {
    id: "ETQ301",
    name: "detached_spawn",
    summary: "the handle of this task is dropped: nobody sees its panic, and nobody can wait for its end",
    help: "keep it in a `JoinSet` or `TaskTracker`, or say `etiquette::detach(handle, \"why\")`",
    not_a_defect_when: "the task drives a connection and looks at its error, ends by telling whoever waits for it, catches its own panic, or holds a gate or wait group; the handle is bound, stored or returned; the function is one of `tasks.spawn` or has `detach` or `fire_and_forget` in its name; `detach` or a comment right above says why",
    explain: include_str!("../../docs/detached_spawn.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !discarded(cx) {
        return;
    }
    let paths = cx.callee(call);
    if paths.iter().any(|path| is_tokio_spawn(path)) {
        if !says_so(cx) && !call.args.first().is_some_and(|task| needs_no_handle(cx, task)) {
            cx.report(&RULE, &call.func, Report::new(RULE.summary));
        }
    } else if paths
        .iter()
        .any(|path| last(path).contains("spawn") && !approved(cx, path))
    {
        probe(cx);
    }
}

fn probe(cx: &mut Cx<'_>) {
    if let Some(expr) = cx.here() {
        cx.probe(&RULE, ProbeKind::Discarded, expr);
        cx.probe(&super::lost_task_error::RULE, ProbeKind::Discarded, expr);
    }
}

/// `Handle::current().spawn(…);` and the same through a variable of that type.
fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    let name = call.method.to_string();
    if !name.contains("spawn") || !discarded(cx) {
        return;
    }
    let runtimes = [
        "tokio::runtime::Handle::current",
        "tokio::runtime::Handle",
        "tokio::runtime::Runtime",
        "tokio::runtime::Runtime::new",
    ];
    let origin = cx.origin(&call.receiver);
    let on_runtime = origin.as_ref().is_some_and(|origin| {
        runtimes.contains(&origin.root.as_str())
            && origin
                .steps
                .iter()
                .all(|step| ["?", "unwrap", "expect", "handle"].contains(&step.as_str()))
    });
    if name == "spawn" && on_runtime {
        if !says_so(cx) && !call.args.first().is_some_and(|task| needs_no_handle(cx, task)) {
            cx.report(&RULE, &call.method, Report::new(RULE.summary));
        }
    } else if !of_a_tracker(&name) && !approved(cx, &name) {
        probe(cx);
    }
}

/// A `TaskTracker` gives out handles that need not be kept, and what is called as its methods are may be one's.
fn of_a_tracker(method: &str) -> bool {
    let name = method.strip_suffix("_on").unwrap_or(method);
    ["spawn", "spawn_local", "spawn_blocking"].contains(&name)
}

/// The walk stands at the call; what is thrown away is the innermost expression it is about to enter.
fn discarded(cx: &Cx<'_>) -> bool {
    cx.here().is_some_and(|expr| cx.is_discarded(expr))
}

fn approved(cx: &Cx<'_>, path: &str) -> bool {
    cx.data()
        .spawn
        .iter()
        .any(|entry| path_matches(entry, path) || last(entry) == path)
}

/// Its end is seen without the handle, or its error is.
fn needs_no_handle(cx: &Cx<'_>, task: &Expr) -> bool {
    let around = cx.function().and_then(|function| function.block);
    let around = around.map_or(&[][..], |block| &block.stmts);
    drives_a_connection(task) || is_waited_for(task, around, &cx.tree().items)
}

/// `async move { if let Err(error) = connection.await { … } }`: the documented way to drive the connections of hyper
/// and tokio-postgres. The task ends with the client, and its error is looked at.
fn drives_a_connection(task: &Expr) -> bool {
    let Expr::Async(task) = task else { return false };
    let [Stmt::Expr(Expr::If(found), _)] = task.block.stmts.as_slice() else {
        return false;
    };
    let Expr::Let(condition) = &*found.cond else {
        return false;
    };
    let Expr::Await(awaited) = &*condition.expr else {
        return false;
    };
    let name = bare_ident(method_chain_root(&awaited.base)).map(ToString::to_string);
    name.is_some_and(|name| name.contains("conn"))
}

/// The function around may start tasks, or its name says that it lets them go: `fire_and_forget`, `detach`.
fn says_so(cx: &Cx<'_>) -> bool {
    let named = |name: &str| {
        ["fire_and_forget", "detach"]
            .iter()
            .any(|word| name.contains(word))
    };
    in_approved_function(cx)
        || cx
            .function()
            .is_some_and(|function| named(&function.sig.ident.to_string()))
}

/// The body of a function that may start tasks.
pub(super) fn in_approved_function(cx: &Cx<'_>) -> bool {
    cx.function().is_some_and(|function| {
        let name = function.sig.ident.to_string();
        cx.data().spawn.iter().any(|entry| last(entry) == name)
    })
}
