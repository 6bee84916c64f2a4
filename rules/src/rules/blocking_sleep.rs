//! `std::thread::sleep` in async code.

use syn::ExprCall;

use super::blocking;
use crate::context::{Cx, Hooks, Part, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `blocking_sleep`: `std::thread::sleep` stops this executor thread for everyone on it
pub(crate) static RULE: Rule = Rule {
    id: "ETQ101",
    name: "blocking_sleep",
    summary: "`std::thread::sleep` stops this executor thread for everyone on it",
    help: "write `tokio::time::sleep(…).await`",
    not_a_defect_when: "the closure runs on a thread of its own (`spawn_blocking`, `std::thread::spawn`), or the function is not async",
    explain: include_str!("../../docs/blocking_sleep.md"),
    levels: Levels::of(['-', 'd', 'd', 'w', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !blocking::would_block(cx)
        || !blocking::is_call_to(cx, call, &["std::thread::sleep", "std::thread::sleep_ms"])
    {
        return;
    }
    let mut report = Report::new(RULE.summary);
    if cx.callee(call).iter().any(|path| path == "std::thread::sleep") {
        let parts = vec![
            Part::text("tokio::time::sleep("),
            Part::kept(&call.args),
            Part::text(").await"),
        ];
        report = report.edit(call, parts);
    }
    cx.report(&RULE, call, report);
}
