//! A function of `cancel.required` that cannot be told to stop.

use quote::ToTokens;

use super::matching::names_function;
use super::stop::is_stop_word;
use crate::context::{Cx, FnFrame, Hooks, Report, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `cancel_param`: the policy wants this function to take or hold a way to be told to stop
pub(crate) static RULE: Rule = Rule {
    id: "ETQ406",
    name: "cancel_param",
    summary: "the policy wants this function to take or hold a way to be told to stop",
    help: "take a `CancellationToken`, or put `#[cancellable]` on it",
    not_a_defect_when: "the function ends by itself in a bounded time",
    explain: include_str!("../../docs/cancel_param.md"),
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
    let required = &cx.data().cancel_required;
    if !required.iter().any(|entry| names_function(entry, function)) {
        return;
    }
    let stops = |word: &str| is_stop_word(cx, word);
    let told = tokens_mention(function.sig.inputs.to_token_stream(), &stops)
        || tokens_mention(function.block.to_token_stream(), &stops)
        || crate::context::attr_named(function.attrs, "cancellable").is_some();
    if !told {
        cx.report(&RULE, &function.sig.ident, Report::new(RULE.summary));
    }
}
