//! A loop that waits, without a way to be told to stop.

use quote::ToTokens;
use syn::Expr;

use super::stop::{awaits, is_stop_word};
use crate::context::{Cx, Frame, Hooks, LoopKind, LoopView, Report, ends, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `loop_without_cancel`: this loop waits without a way to be told to stop
pub(crate) static RULE: Rule = Rule {
    id: "ETQ402",
    name: "loop_without_cancel",
    summary: "this loop waits without a way to be told to stop",
    help: "add a branch for the cancellation token, or put `#[cancellable]` on the function",
    not_a_defect_when: "the loop ends by itself: it pages, retries a bounded number of times, or reads a channel until it is closed",
    explain: include_str!("../../docs/loop_without_cancel.md"),
    levels: Levels::of(['-', '-', '-', '-', '-']),
    needs: Needs::Tokens,
    in_test_code: false,
    hooks: Hooks {
        looped: Some(looped),
        ..Hooks::NONE
    },
};

fn looped<'a>(cx: &mut Cx<'a>, looped: LoopView<'a>) {
    let endless = match looped.kind {
        LoopKind::Endless => true,
        // `while let Some(x) = rx.recv().await` ends when the channel is closed.
        LoopKind::While(condition) => !matches!(condition, Expr::Let(_)),
        LoopKind::For => false,
    };
    if !endless || !cx.in_async() || cx.in_loop().is_some() || !awaits(cx, looped.body) {
        return;
    }
    let cancellable = cx.frames().any(|frame| match frame {
        Frame::Function(function) => cx.etiquette_attr(function.attrs, "cancellable").is_some(),
        _ => false,
    });
    let stops = |word: &str| is_stop_word(cx, word);
    if !cancellable && !tokens_mention(looped.expr.to_token_stream(), &stops) {
        let (start, _) = ends(looped.expr);
        cx.report_at(&RULE, start, start, Report::new(RULE.summary));
    }
}
