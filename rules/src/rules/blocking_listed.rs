//! Calls that the team itself has put on its list.

use syn::ExprCall;

use super::blocking;
use crate::context::{Cx, Hooks, Report};
use crate::policy::Listed;
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `blocking_listed`: the policy does not want this call in async code
pub(crate) static RULE: Rule = Rule {
    id: "ETQ108",
    name: "blocking_listed",
    summary: "the policy does not want this call in async code",
    help: "see the entry in `blocking.list`",
    not_a_defect_when: "the closure runs on a thread of its own, or through one of `blocking.wrappers`",
    explain: include_str!("../../docs/blocking_listed.md"),
    levels: Levels::of(['-', 'd', 'd', 'd', 'd']),
    needs: Needs::Policy,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if cx.data().blocking_list.is_empty() || !blocking::would_block(cx) {
        return;
    }
    let paths = cx.callee(call);
    let entry = cx
        .data()
        .blocking_list
        .iter()
        .find(|entry| paths.iter().any(|path| names(entry, path)));
    let Some(entry) = entry else { return };
    let path = paths
        .iter()
        .find(|path| names(entry, path))
        .cloned()
        .unwrap_or_default();
    let mut report = Report::new(format!("`{path}` is not wanted in async code"));
    report.level = Some(entry.level);
    if let Some(instead) = &entry.instead {
        report = report.help(format!("use {instead}"));
    }
    if let Some(why) = &entry.why {
        report = report.note(why.clone());
    }
    cx.report(&RULE, call, report);
}

/// The entry's whole path, or everything below its `::*`.
fn names(entry: &Listed, path: &str) -> bool {
    match entry.path.strip_suffix("::*") {
        Some(module) => path
            .strip_prefix(module)
            .is_some_and(|rest| rest.starts_with("::")),
        None => entry.path == path,
    }
}
