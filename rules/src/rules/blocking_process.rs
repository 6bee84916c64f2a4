//! Waiting for a child process in async code.

use syn::ExprMethodCall;

use super::blocking;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `blocking_process`: waits for a child process on the executor
pub(crate) static RULE: Rule = Rule {
    id: "ETQ104",
    name: "blocking_process",
    summary: "waits for a child process on the executor",
    help: "use `tokio::process::Command`",
    not_a_defect_when: "the child is only started, or it happens once before anything else runs, or on a thread of its own",
    explain: include_str!("../../docs/blocking_process.md"),
    levels: Levels::of(['-', 'd', 'd', '-', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        method: Some(method),
        ..Hooks::NONE
    },
};

fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    let name = call.method.to_string();
    let waits_for_command = matches!(name.as_str(), "output" | "status");
    let waits_for_child = matches!(name.as_str(), "wait" | "wait_with_output");
    if !(waits_for_command || waits_for_child)
        || !call.args.is_empty()
        || !blocking::would_block(cx)
        || cx.in_startup()
    {
        return;
    }
    let Some(origin) = cx.origin(&call.receiver).filter(|origin| !origin.has("await")) else {
        return;
    };
    let from_command = matches!(
        origin.root.as_str(),
        "std::process::Command::new" | "std::process::Command"
    );
    let from_child = origin.root == "std::process::Child" || (from_command && origin.has("spawn"));
    if (waits_for_command && from_command && !origin.has("spawn")) || (waits_for_child && from_child) {
        let report = Report::new(format!("`{name}` waits for a child process on the executor"))
            .help(format!("use `tokio::process::Command` and `{name}().await`"));
        cx.report(&RULE, call, report);
    }
}
