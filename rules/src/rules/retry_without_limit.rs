//! A hand-written retry loop that never gives up.

use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, Pat};

use super::stop::is_stop_word;
use crate::context::{Cx, Hooks, LoopKind, LoopView, Report, Verdict, ends, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `retry_without_limit`: this loop tries again for ever
pub(crate) static RULE: Rule = Rule {
    id: "ETQ504",
    name: "retry_without_limit",
    summary: "this loop tries again for ever",
    help: "bound it with `#[retry(attempts = 5)]`, or let a cancellation end it",
    not_a_defect_when: "it reconnects for as long as the program runs, and the task is aborted at its end",
    explain: include_str!("../../docs/retry_without_limit.md"),
    levels: Levels::of(['-', '-', '-', '-', '-']),
    needs: Needs::Tokens,
    in_test_code: false,
    hooks: Hooks {
        looped: Some(looped),
        ..Hooks::NONE
    },
};

fn looped<'a>(cx: &mut Cx<'a>, looped: LoopView<'a>) {
    if !matches!(looped.kind, LoopKind::Endless) || !cx.in_async() {
        return;
    }
    let counts = |word: &str| {
        let lower = word.to_lowercase();
        [
            "attempt",
            "retries",
            "tries",
            "deadline",
            "elapsed",
            "max_",
            "remaining",
            "next_backoff",
        ]
        .iter()
        .any(|count| lower.contains(count))
            || is_stop_word(cx, word)
    };
    if tokens_mention(looped.body.to_token_stream(), &counts) || !sleeps_after_error(cx, looped) {
        return;
    }
    let (start, _) = ends(looped.expr);
    cx.report_at(&RULE, start, start, Report::new(RULE.summary));
}

/// A `match` on an awaited result, whose `Ok` arm leaves and whose `Err` arm sleeps.
fn sleeps_after_error(cx: &Cx<'_>, looped: LoopView<'_>) -> bool {
    cx.contains(
        |search| search.visit_block(looped.body),
        |expr| {
            let Expr::Match(found) = expr else {
                return Verdict::Enter;
            };
            let on_await = matches!(&*found.expr, Expr::Await(_));
            let arm = |name: &str, wanted: &dyn Fn(&Expr) -> bool| {
                found
                    .arms
                    .iter()
                    .any(|arm| is_variant(&arm.pat, name) && wanted(&arm.body))
            };
            let leaves = |body: &Expr| {
                tokens_mention(body.to_token_stream(), &|word| matches!(word, "return" | "break"))
            };
            let sleeps = |body: &Expr| {
                tokens_mention(body.to_token_stream(), &|word| word == "sleep") && !leaves(body)
            };
            if on_await && arm("Ok", &leaves) && arm("Err", &sleeps) {
                Verdict::Found
            } else {
                Verdict::Enter
            }
        },
    )
}

fn is_variant(pattern: &Pat, name: &str) -> bool {
    match pattern {
        Pat::TupleStruct(found) => found.path.segments.last().is_some_and(|last| last.ident == name),
        Pat::Guard(found) => is_variant(&found.pat, name),
        _ => false,
    }
}
