//! A future that is declared to move between threads but cannot.

use crate::context::Hooks;
use crate::rule::Levels;
use crate::{Needs, Rule};

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
    hooks: Hooks::NONE,
};
