//! A task that is started past the team's own spawn functions.

use syn::ExprCall;

use super::detached_spawn::in_approved_function;
use super::paths::is_tokio_spawn;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `raw_spawn`: the policy lets only the functions of `tasks.spawn` start tasks
pub(crate) static RULE: Rule = Rule {
    id: "ETQ304",
    name: "raw_spawn",
    summary: "the policy lets only the functions of `tasks.spawn` start tasks",
    help: "start it with one of `tasks.spawn`",
    not_a_defect_when: "the code is the body of such a function",
    explain: include_str!("../../docs/raw_spawn.md"),
    levels: Levels::of(['-', '-', '-', '-', 'd']),
    needs: Needs::Policy,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let approved = &cx.data().spawn;
    let Some(first) = approved.first() else { return };
    let raw = |path: &String| {
        is_tokio_spawn(path)
            || matches!(
                path.as_str(),
                "tokio::task::spawn_blocking" | "tokio::task::Builder::new"
            )
    };
    let Some(path) = cx.callee(call).iter().find(|path| raw(path)).cloned() else {
        return;
    };
    // A team that lists tokio's own function wants it.
    if approved.contains(&path) || in_approved_function(cx) {
        return;
    }
    let report = Report::new(format!("`{path}` starts a task past the team's own functions"))
        .help(format!("start tasks with `{first}`"));
    cx.report(&RULE, &call.func, report);
}
