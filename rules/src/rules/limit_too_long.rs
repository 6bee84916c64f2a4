//! A limit that is longer than the policy allows.

use proc_macro2::TokenTree;

use crate::context::{Cx, FnFrame, Hooks, Report};
use crate::policy::duration;
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `limit_too_long`: the policy allows no limit as long as this
pub(crate) static RULE: Rule = Rule {
    id: "ETQ507",
    name: "limit_too_long",
    summary: "the policy allows no limit as long as this",
    help: "write a shorter limit, or raise `timeouts.max`",
    not_a_defect_when: "the operation is known to take that long, and an exemption says so",
    explain: include_str!("../../docs/limit_too_long.md"),
    levels: Levels::of(['-', 'd', 'd', 'd', 'd']),
    needs: Needs::Policy,
    in_test_code: false,
    hooks: Hooks {
        function: Some(function),
        ..Hooks::NONE
    },
};

/// `#[with_timeout(60s)]` where `timeouts.max` is less. Limits that are not literals are not known here.
fn function(cx: &mut Cx<'_>, function: &FnFrame<'_>) {
    let Some(max) = cx.data().timeout_max else { return };
    let Some(attr) = cx.etiquette_attr(function.attrs, "with_timeout") else {
        return;
    };
    let Ok(list) = attr.meta.require_list() else {
        return;
    };
    let Some(TokenTree::Literal(limit)) = list.tokens.clone().into_iter().next() else {
        return;
    };
    let text = limit.to_string();
    if duration(text.trim_matches('"')).is_some_and(|written| written > max) {
        let report = Report::new(format!("{text} is longer than the policy's {max:?}"));
        cx.report_at(&RULE, limit.span(), limit.span(), report);
    }
}
