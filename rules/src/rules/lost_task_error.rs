//! A task that can fail and whose handle is dropped.

use syn::visit::Visit;
use syn::{Expr, ExprAsync, ExprCall, ReturnType, Stmt};

use super::fallible::can_fail;
use super::paths::is_tokio_spawn;
use super::waited_for::function_of;
use crate::context::{Cx, Hooks, Report, Verdict, strip};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `lost_task_error`: this task can fail and its `Err` is dropped
pub(crate) static RULE: Rule = Rule {
    id: "ETQ302",
    name: "lost_task_error",
    summary: "this task can fail and its `Err` is dropped",
    help: "handle it inside the task, or keep the handle and join it",
    not_a_defect_when: "the error is handled inside the task, whose block then ends in `()`, or the function only ever returns `Ok`",
    explain: include_str!("../../docs/lost_task_error.md"),
    levels: Levels::of(['-', 'd', 'd', 'w', 'd']),
    needs: Needs::Types,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let dropped = cx.here().is_some_and(|expr| cx.is_discarded(expr));
    if !dropped || call.args.len() != 1 || !cx.callee(call).iter().any(|path| is_tokio_spawn(path)) {
        return;
    }
    let task = match uninstrumented(&call.args[0]) {
        Expr::Async(block) if fails(cx, block) => block.async_token.span,
        Expr::Call(inner) if calls_fallible(cx, &call.args[0]) => {
            let (start, _) = crate::context::ends(inner);
            start
        }
        _ => return,
    };
    cx.report_at(&RULE, task, task, Report::new(RULE.summary));
}

/// The future itself, without what instruments it.
pub(super) fn uninstrumented(expr: &Expr) -> &Expr {
    match strip(expr) {
        Expr::MethodCall(call)
            if ["instrument", "in_current_span", "boxed"].contains(&call.method.to_string().as_str()) =>
        {
            uninstrumented(&call.receiver)
        }
        other => other,
    }
}

/// The block ends in `Ok(…)` or `Err(…)`, or a `?` leaves it: then its value is a `Result` (or an `Option`, which
/// has no error to lose, and which only a final `Some` or `None` shows).
fn fails(cx: &Cx<'_>, block: &ExprAsync) -> bool {
    let tail = block.block.stmts.last();
    let Some(Stmt::Expr(tail, None)) = tail else {
        return false;
    };
    let named = |name: &str| {
        let Expr::Call(call) = tail else { return false };
        let Expr::Path(path) = strip(&call.func) else {
            return false;
        };
        path.path.segments.last().is_some_and(|last| last.ident == name)
    };
    if !named("Ok") && !named("Err") {
        return false;
    }
    // `Ok(())` alone, with nothing that could fail before it, only names a type.
    named("Err")
        || cx.contains(
            |search| search.visit_block(&block.block),
            |expr| match expr {
                Expr::Try(_) => Verdict::Found,
                Expr::Return(inner) => match inner.expr.as_deref() {
                    Some(Expr::Call(call)) if is_err(call) => Verdict::Found,
                    _ => Verdict::Enter,
                },
                _ => Verdict::Enter,
            },
        )
}

fn is_err(call: &ExprCall) -> bool {
    matches!(strip(&call.func), Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Err"))
}

/// `tokio::spawn(work())`, where `work` is an async fn of this file that returns a `Result` and can fail.
fn calls_fallible(cx: &Cx<'_>, task: &Expr) -> bool {
    let Some(function) = function_of(task, &cx.tree().items).filter(|found| found.sig.asyncness.is_some())
    else {
        return false;
    };
    let ReturnType::Type(_, ty) = &function.sig.output else {
        return false;
    };
    let result = matches!(&**ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Result"));
    result && can_fail(cx, &function.block)
}
