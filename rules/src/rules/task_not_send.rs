//! A future that is declared to move between threads but cannot.

use crate::context::{Cx, FnFrame, Hooks};
use crate::rule::Levels;
use crate::{Needs, ProbeKind, Rule};

/// `task_not_send`: this future is declared to be `Send`, but is not
pub(crate) static RULE: Rule = Rule {
    id: "ETQ305",
    name: "task_not_send",
    summary: "this future is declared to be `Send`, but is not",
    help: "drop what is not `Send` before the `.await` that rustc names",
    not_a_defect_when: "the function does not declare it: futures that stay on one thread need not be `Send`",
    explain: include_str!("../../docs/task_not_send.md"),
    levels: Levels::of(['-', 'd', 'd', 'd', 'd']),
    needs: Needs::Types,
    in_test_code: false,
    hooks: Hooks {
        function: Some(function),
        ..Hooks::NONE
    },
};

/// Whether it was declared, the attribute knows.
fn function(cx: &mut Cx<'_>, function: &FnFrame<'_>) {
    if cx.asks_types() && function.sig.asyncness.is_some() && function.block.is_some() {
        cx.probe(&RULE, ProbeKind::Send, &function.sig.ident);
    }
}
