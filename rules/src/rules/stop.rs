//! What the loop and `select!` rules share: the ways in which code is told to stop.

use syn::visit::Visit;
use syn::{Block, Expr, Macro};

use super::paths::last;
use crate::context::{Arm, Cx, Expansion, Verdict, chain_methods, method_chain_root, tokens_mention};

/// Names that mean "somebody wants this to end".
const WORDS: [&str; 17] = [
    "abort",
    "cancel",
    "close",
    "disconnect",
    "done",
    "drain",
    "exit",
    "halt",
    "interrupt",
    "kill",
    "quit",
    "shutdown",
    "sigint",
    "signal",
    "sigterm",
    "stop",
    "terminat",
];

/// Whether a name speaks of stopping: by its own words, or by the team's list.
pub(super) fn is_stop_word(cx: &Cx<'_>, name: &str) -> bool {
    let lower = name.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
        || cx
            .data()
            .cancel_sources
            .iter()
            .any(|source| last(source).eq_ignore_ascii_case(name))
}

/// An arm of a `select!` that waits to be told to stop.
pub(super) fn is_cancel_arm(cx: &Cx<'_>, arm: &Arm) -> bool {
    let future = &arm.future;
    let methods = chain_methods(future);
    if methods.iter().any(|method| is_stop_word(cx, method)) {
        return true;
    }
    match method_chain_root(future) {
        Expr::Path(path) => path
            .path
            .segments
            .iter()
            .any(|segment| is_stop_word(cx, &segment.ident.to_string())),
        Expr::Call(call) => {
            tokens_mention(quote::ToTokens::to_token_stream(&call.func), &|word| {
                is_stop_word(cx, word)
            }) || call.args.iter().any(|arg| {
                tokens_mention(quote::ToTokens::to_token_stream(arg), &|word| {
                    is_stop_word(cx, word)
                })
            })
        }
        Expr::Field(field) => tokens_mention(quote::ToTokens::to_token_stream(field), &|word| {
            is_stop_word(cx, word)
        }),
        _ => false,
    }
}

/// Anything in these statements that can end the loop around them: `break`, `return`, `?`, a macro that returns, a
/// `select!` that is told to stop, or any word about stopping.
pub(super) fn can_end(cx: &Cx<'_>, body: &Block) -> bool {
    let test = |expr: &Expr| match expr {
        Expr::Break(_) | Expr::Return(_) | Expr::Try(_) | Expr::Yield(_) => Verdict::Found,
        _ => Verdict::Enter,
    };
    let macros = |found: &Macro| {
        let stops = match cx.expansion(found) {
            Some(Expansion::Race(race)) => race.arms.iter().any(|arm| is_cancel_arm(cx, arm)),
            Some(_) => false,
            // Unknown tokens may hold anything, `return` too.
            None => tokens_mention(found.tokens.clone(), &|word| matches!(word, "return" | "break")),
        };
        let name = found
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string())
            .unwrap_or_default();
        let panics = [
            "panic",
            "bail",
            "ensure",
            "unreachable",
            "todo",
            "unimplemented",
            "assert",
        ];
        if stops || panics.contains(&name.as_str()) {
            Verdict::Found
        } else {
            Verdict::Enter
        }
    };
    cx.contains_with_macros(|search| search.visit_block(body), test, macros)
        || mentions_stop(cx, body)
        || exits(cx, body)
}

/// A word about stopping anywhere in it: a flag, a channel, a helper that checks them.
fn mentions_stop(cx: &Cx<'_>, body: &Block) -> bool {
    tokens_mention(quote::ToTokens::to_token_stream(body), &|word| {
        is_stop_word(cx, word)
    })
}

/// `std::process::exit(…)`, `unwrap()` and `expect(…)`: a panic ends the loop too.
fn exits(cx: &Cx<'_>, body: &Block) -> bool {
    cx.contains(
        |search| search.visit_block(body),
        |expr| match expr {
            Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => Verdict::Found,
            Expr::Call(call) if cx.callee(call).iter().any(|path| path == "std::process::exit") => {
                Verdict::Found
            }
            _ => Verdict::Enter,
        },
    )
}

/// Any `.await` that the block itself runs, `select!` included.
pub(super) fn awaits(cx: &Cx<'_>, body: &Block) -> bool {
    cx.contains_with_macros(
        |search| search.visit_block(body),
        |expr| {
            if matches!(expr, Expr::Await(_)) {
                Verdict::Found
            } else {
                Verdict::Enter
            }
        },
        |found| match cx.expansion(found) {
            Some(Expansion::Race(_) | Expansion::Join(_)) => Verdict::Found,
            _ => Verdict::Enter,
        },
    )
}
