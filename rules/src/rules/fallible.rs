//! Whether an async fn whose type is a `Result` ever returns an `Err`.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Block, Expr, ExprCall, Macro, Stmt};

use crate::context::{Cx, Verdict, strip, tokens_mention};

/// A `?`, an `Err`, or the result of somebody else leaves it. A body that only ever says `Ok` cannot fail.
pub(super) fn can_fail(cx: &Cx<'_>, body: &Block) -> bool {
    let test = |expr: &Expr| match expr {
        Expr::Try(_) => Verdict::Found,
        Expr::Return(found) if found.expr.as_deref().is_some_and(may_be_err) => Verdict::Found,
        Expr::Break(found) if found.expr.as_deref().is_some_and(may_be_err) => Verdict::Found,
        _ => Verdict::Enter,
    };
    let macros = |found: &Macro| {
        if is_exit(found) || cx.expansion(found).is_none() && may_leave(found) {
            Verdict::Found
        } else {
            Verdict::Enter
        }
    };
    ends_in_err(body) || cx.contains_with_macros(|search| search.visit_block(body), test, macros)
}

fn ends_in_err(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(tail, None)) => may_be_err(tail),
        Some(Stmt::Macro(found)) => found.semi_token.is_none() && may_leave(&found.mac),
        _ => false,
    }
}

/// Everything but `Ok(…)`, on any path; what a loop gives is what its `break` says.
fn may_be_err(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Call(call) => !is_ok(call),
        Expr::Loop(_) | Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => false,
        Expr::Block(found) => ends_in_err(&found.block),
        Expr::Match(found) => found.arms.iter().any(|arm| may_be_err(&arm.body)),
        Expr::If(found) => {
            let other = found.else_branch.as_ref();
            ends_in_err(&found.then_branch) || other.is_some_and(|(_, other)| may_be_err(other))
        }
        Expr::Macro(found) => may_leave(&found.mac),
        _ => true,
    }
}

fn is_ok(call: &ExprCall) -> bool {
    matches!(strip(&call.func), Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Ok"))
}

/// `bail!`, `ensure!`, and a macro of the team's with a `?` or an `Err` in its tokens. The `?` of a log line is a
/// format, and a panic is no error.
fn may_leave(found: &Macro) -> bool {
    const LOGS_OR_PANICS: [&str; 16] = [
        "trace",
        "debug",
        "info",
        "warn",
        "error",
        "event",
        "span",
        "print",
        "println",
        "eprint",
        "eprintln",
        "panic",
        "unreachable",
        "todo",
        "unimplemented",
        "assert",
    ];
    let name = found.path.segments.last().map(|last| last.ident.to_string());
    let name = name.unwrap_or_default();
    if LOGS_OR_PANICS.contains(&name.as_str()) {
        return false;
    }
    is_exit(found)
        || has_question_mark(found.tokens.clone())
        || tokens_mention(found.tokens.clone(), &|word| matches!(word, "Err" | "return"))
}

fn is_exit(found: &Macro) -> bool {
    let name = found.path.segments.last().map(|last| &last.ident);
    name.is_some_and(|name| name == "bail" || name == "ensure")
}

fn has_question_mark(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Group(group) => has_question_mark(group.stream()),
        _ => false,
    })
}
