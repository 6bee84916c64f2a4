//! A function of `timeouts.outbound` without a limit.

use quote::ToTokens;

use super::matching::names_function;
use crate::context::{Cx, FnFrame, Hooks, Report, attr_named, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `outbound_needs_timeout`: the policy wants a limit on this function, since it calls out
pub(crate) static RULE: Rule = Rule {
    id: "ETQ503",
    name: "outbound_needs_timeout",
    summary: "the policy wants a limit on this function, since it calls out",
    help: "put `#[with_timeout(…)]` on it",
    not_a_defect_when: "its callers all set a limit, and an exemption says so",
    explain: include_str!("../../docs/outbound_needs_timeout.md"),
    levels: Levels::of(['-', '-', '-', '-', '-']),
    needs: Needs::Policy,
    in_test_code: false,
    hooks: Hooks {
        function: Some(function),
        ..Hooks::NONE
    },
};

fn function(cx: &mut Cx<'_>, function: &FnFrame<'_>) {
    if function.sig.asyncness.is_none() || function.block.is_none() {
        return;
    }
    if !cx
        .data()
        .outbound
        .iter()
        .any(|entry| names_function(entry, function))
    {
        return;
    }
    let limits = |word: &str| word.contains("timeout") || word.contains("deadline");
    let limited = attr_named(function.attrs, "with_timeout").is_some()
        || tokens_mention(function.block.to_token_stream(), &limits);
    if !limited {
        let limit = cx.data().timeout_default.as_deref().unwrap_or("30s");
        let report = Report::new(RULE.summary).help(format!("put `#[with_timeout({limit})]` on it"));
        cx.report(&RULE, &function.sig.ident, report);
    }
}
