//! Whether the output of a spawned task is certainly known by the end of the call that spawns it.
//!
//! The block of a task that never ends has any type at all until the whole function is checked; asked whether it is a
//! `Result`, the compiler would decide that it is one.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, ExprCall, Stmt};

/// `spawn(work())`, or `spawn(async { …; Ok(()) })`.
pub(super) fn is_known(call: &TokenStream) -> bool {
    let args = match syn::parse2::<Expr>(call.clone()) {
        Ok(Expr::Call(call)) => call.args,
        Ok(Expr::MethodCall(call)) => call.args,
        _ => return false,
    };
    args.iter().all(is_named)
}

fn is_named(arg: &Expr) -> bool {
    match arg {
        Expr::Async(task) => {
            matches!(task.block.stmts.last(), Some(Stmt::Expr(Expr::Call(tail), None)) if ends(tail))
        }
        Expr::MethodCall(call) if call.method == "instrument" || call.method == "in_current_span" => {
            is_named(&call.receiver)
        }
        other => !has_code(quote::ToTokens::to_token_stream(other)),
    }
}

fn ends(tail: &ExprCall) -> bool {
    let Expr::Path(path) = &*tail.func else {
        return false;
    };
    path.path
        .segments
        .last()
        .is_some_and(|last| last.ident == "Ok" || last.ident == "Err")
}

/// An `async` block or a closure.
fn has_code(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "async",
        TokenTree::Punct(punct) => punct.as_char() == '|',
        TokenTree::Group(group) => has_code(group.stream()),
        TokenTree::Literal(_) => false,
    })
}
