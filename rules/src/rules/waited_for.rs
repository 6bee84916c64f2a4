//! A task whose end others see although nobody holds its handle.

use quote::ToTokens;
use syn::{Block, Expr, ExprAsync, ExprMethodCall, Item, ItemFn, Stmt};

use super::lost_task_error::uninstrumented;
use crate::context::{bare_ident, chain_methods, strip, tokens_mention};

/// The task holds what a shutdown waits for, catches its own panic, or its last act is to tell somebody of its end.
/// `around` are the statements of the function, where the future may have been bound to a name; `items` those of the
/// file, where the function may stand that the task runs.
pub(super) fn is_waited_for(task: &Expr, around: &[Stmt], items: &[Item]) -> bool {
    let bound = bare_ident(task).and_then(|name| init_of(name, around));
    let task = bound.unwrap_or(task);
    if let Some(function) = function_of(task, items) {
        return ends_by_telling(&function.block);
    }
    async_block(task).is_some_and(|block| {
        speaks_of_its_end(task)
            || ends_by_telling(&block.block)
            || runs_alone(&block.block, items).is_some_and(|function| ends_by_telling(&function.block))
    })
}

/// The function of this file that `work(…)` calls.
pub(super) fn function_of<'i>(task: &Expr, items: &'i [Item]) -> Option<&'i ItemFn> {
    let Expr::Call(call) = uninstrumented(task) else {
        return None;
    };
    let name = bare_ident(&call.func)?;
    items.iter().find_map(|item| match item {
        Item::Fn(function) if function.sig.ident == *name => Some(function),
        _ => None,
    })
}

/// The function behind `async move { work(…).await }`.
fn runs_alone<'i>(block: &Block, items: &'i [Item]) -> Option<&'i ItemFn> {
    let [Stmt::Expr(Expr::Await(awaited), _)] = block.stmts.as_slice() else {
        return None;
    };
    function_of(&awaited.base, items)
}

/// What `let name = …;` gives it.
fn init_of<'s>(name: &syn::Ident, stmts: &'s [Stmt]) -> Option<&'s Expr> {
    stmts.iter().rev().find_map(|stmt| match stmt {
        Stmt::Local(local) if matches!(&local.pat, syn::Pat::Ident(bound) if bound.ident == *name) => {
            local.init.as_ref().map(|init| &*init.expr)
        }
        _ => None,
    })
}

/// The block behind `.instrument(…)`, and behind the `{ let this = …; async move { … } }` that clones for it.
fn async_block(task: &Expr) -> Option<&ExprAsync> {
    match strip(task) {
        Expr::Async(block) => Some(block),
        Expr::MethodCall(call) => async_block(&call.receiver),
        Expr::Block(block) => match block.block.stmts.last() {
            Some(Stmt::Expr(tail, None)) => async_block(tail),
            _ => None,
        },
        _ => None,
    }
}

/// `gate.enter()`, `_gate_guard`, `wait_group.clone()`, `catch_unwind()`: the names that these have in many code bases.
fn speaks_of_its_end(task: &Expr) -> bool {
    tokens_mention(task.to_token_stream(), &|name| {
        ["wait_group", "waitgroup", "catch_unwind"]
            .iter()
            .any(|word| name.contains(word))
            || name.split('_').any(|word| word == "gate")
    })
}

/// What a task calls to answer, or to say that it is done.
const TELLING: [&str; 11] = [
    "send",
    "reply",
    "respond",
    "resolve",
    "complete",
    "mark_as_done",
    "notify",
    "notify_one",
    "notify_waiters",
    "cancel",
    "graceful_shutdown",
];

fn ends_by_telling(block: &Block) -> bool {
    // A line for the log may follow.
    let last = block.stmts.iter().rfind(|stmt| !matches!(stmt, Stmt::Macro(_)));
    match last {
        // A list of messages and nothing else. A panic in what makes such a list would look like its end.
        Some(Stmt::Expr(Expr::ForLoop(found), _)) => {
            let only = matches!(found.body.stmts.as_slice(), [Stmt::Expr(only, _)] if tells(only));
            only && block.stmts.len() == 1
        }
        Some(Stmt::Expr(tail, _)) => tells(tail),
        Some(Stmt::Local(local)) => {
            let init = local.init.as_ref();
            matches!(local.pat, syn::Pat::Wild(_)) && init.is_some_and(|init| tells(&init.expr))
        }
        _ => false,
    }
}

/// `reply.send(…)`, also awaited, unwrapped or ignored, or `reply(…)`; on every path where there are several, or to find
/// out whether it went well.
fn tells(expr: &Expr) -> bool {
    let telling = |name: &dyn Fn(&str) -> bool| TELLING.iter().any(|word| name(word));
    match strip(expr) {
        Expr::Match(found) => found.arms.iter().all(|arm| tells(&arm.body)),
        Expr::If(found) if found.else_branch.is_none() && tries_to_tell(&found.cond) => {
            only_remarks(&found.then_branch)
        }
        Expr::If(found) => {
            let other = found.else_branch.as_ref();
            ends_by_telling(&found.then_branch) && other.is_some_and(|(_, other)| tells(other))
        }
        Expr::Block(found) => ends_by_telling(&found.block),
        Expr::Assign(found) => tells(&found.right),
        Expr::Call(found) => bare_ident(&found.func).is_some_and(|name| telling(&|word| name == word)),
        found => chain_methods(found)
            .iter()
            .any(|method| method.starts_with("send_") || telling(&|word| method == word)),
    }
}

/// A line for the log, or the way out.
fn only_remarks(block: &Block) -> bool {
    block.stmts.iter().all(|stmt| {
        matches!(
            stmt,
            Stmt::Macro(_) | Stmt::Expr(Expr::Macro(_) | Expr::Return(_) | Expr::Break(_), _)
        )
    })
}

/// `if reply.send(answer).await.is_err()`, `if let Err(error) = reply.send(answer).await`. A `send()` of nothing is a
/// request to somebody else.
fn tries_to_tell(condition: &Expr) -> bool {
    let tried = match condition {
        Expr::Let(found) => &*found.expr,
        found => found,
    };
    match strip(tried) {
        Expr::MethodCall(call) => is_message(call) || tries_to_tell(&call.receiver),
        Expr::Await(found) => tries_to_tell(&found.base),
        _ => false,
    }
}

fn is_message(call: &ExprMethodCall) -> bool {
    !call.args.is_empty()
        && ["send", "reply", "respond"]
            .iter()
            .any(|name| call.method == name)
}
