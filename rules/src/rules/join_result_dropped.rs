//! A joined task whose result is thrown away.

use syn::{Expr, Pat, Stmt};

use super::paths::is_tokio_spawn;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `join_result_dropped`: the result of this task is thrown away, its panic too
pub(crate) static RULE: Rule = Rule {
    id: "ETQ306",
    name: "join_result_dropped",
    summary: "the result of this task is thrown away, its panic too",
    help: "match on it, and log what went wrong",
    not_a_defect_when: "the task was aborted just before, or its result was sent another way",
    explain: include_str!("../../docs/join_result_dropped.md"),
    levels: Levels::of(['-', '-', '-', '-', 'w']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        stmt: Some(stmt),
        ..Hooks::NONE
    },
};

/// `let _ = handle.await;`, where the handle is known to come from a spawn.
fn stmt(cx: &mut Cx<'_>, stmt: &Stmt) {
    let Stmt::Local(local) = stmt else { return };
    let (Pat::Wild(_), Some(init)) = (&local.pat, &local.init) else {
        return;
    };
    let Expr::Await(awaited) = &*init.expr else { return };
    let Some(origin) = cx.origin(&awaited.base).filter(|origin| origin.steps.is_empty()) else {
        return;
    };
    let is_handle = is_tokio_spawn(&origin.root) || origin.root == "tokio::task::JoinHandle";
    if is_handle && !was_aborted(cx, &awaited.base) {
        cx.report(&RULE, &init.expr, Report::new(RULE.summary));
    }
}

fn was_aborted(cx: &Cx<'_>, handle: &Expr) -> bool {
    let Some(function) = cx.function() else {
        return true;
    };
    let Some(name) = crate::context::bare_ident(handle) else {
        return true;
    };
    let aborted = format!("{name} . abort");
    let text = quote::ToTokens::to_token_stream(&function.block).to_string();
    text.contains(&aborted) || text.contains(&format!("{name}.abort"))
}
