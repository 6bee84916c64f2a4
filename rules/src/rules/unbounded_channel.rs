//! A channel without back-pressure.

use quote::ToTokens;
use syn::{Expr, ExprCall, Ident, Pat, Stmt};

use crate::context::{Cx, FnFrame, Hooks, Part, Report, bare_ident, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `unbounded_channel`: no back-pressure: a slow receiver means unbounded memory
pub(crate) static RULE: Rule = Rule {
    id: "ETQ601",
    name: "unbounded_channel",
    summary: "no back-pressure: a slow receiver means unbounded memory",
    help: "use a bounded channel; if the sender must not wait, say so in an exemption",
    not_a_defect_when: "the caller asks for it by name, the function takes a `limit`, a `capacity` or a `backpressure` mode, the file speaks of semaphore permits or memory leases, a comment right above says why it has no bound, one of its ends is closed or dropped at once, or when a constructor returns, or the sender cannot wait (a signal handler, `Drop`) and what it sends is bounded by something else",
    explain: include_str!("../../docs/unbounded_channel.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

/// The constructors, and the bounded ones beside them.
const UNBOUNDED: [(&str, &str); 7] = [
    (
        "tokio::sync::mpsc::unbounded_channel",
        "tokio::sync::mpsc::channel",
    ),
    (
        "futures::channel::mpsc::unbounded",
        "futures::channel::mpsc::channel",
    ),
    (
        "futures_channel::mpsc::unbounded",
        "futures_channel::mpsc::channel",
    ),
    ("async_channel::unbounded", "async_channel::bounded"),
    ("flume::unbounded", "flume::bounded"),
    ("kanal::unbounded_async", "kanal::bounded_async"),
    ("async_std::channel::unbounded", "async_std::channel::bounded"),
];

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let paths = cx.callee(call);
    let found = UNBOUNDED
        .iter()
        .find(|(unbounded, _)| paths.iter().any(|path| path == unbounded));
    let Some((unbounded, bounded)) = found else { return };
    if is_said_by_name(cx) || is_never_filled(cx, call) || counts_permits(cx) {
        return;
    }
    let capacity = cx.data().capacity;
    let shown = capacity.map_or_else(|| "capacity".to_owned(), |capacity| capacity.to_string());
    let mut report = Report::new(format!(
        "`{unbounded}` has no back-pressure: a slow receiver means unbounded memory"
    ))
    .help(format!(
        "use `{bounded}({shown})`; if the sender must not wait, say so in an exemption"
    ));
    if let Some(capacity) = capacity {
        let parts = vec![
            Part::text(*bounded),
            turbofish(call),
            Part::text(format!("({capacity})")),
        ];
        report = report.edit(call, parts);
    }
    cx.report(&RULE, &call.func, report);
}

/// `fn new_unbounded()`, `Capacity::Unbounded => …`: the caller has asked for it by name. A function that takes a
/// `limit` or a `backpressure` mode has its bound elsewhere.
fn is_said_by_name(cx: &Cx<'_>) -> bool {
    let says = |word: &str| word.to_lowercase().contains("unbounded");
    let bounds = |word: &str| word.contains("backpressure") || word == "limit" || word == "capacity";
    let takes_a_bound =
        |function: &FnFrame<'_>| tokens_mention(function.sig.inputs.to_token_stream(), &bounds);
    if cx.function().is_some_and(takes_a_bound) {
        return true;
    }
    if cx
        .function()
        .is_some_and(|function| says(&function.sig.ident.to_string()))
    {
        return true;
    }
    let (Some(Expr::Match(found)), Some(here)) = (cx.around(0), cx.here()) else {
        return false;
    };
    let arm = found.arms.iter().find(|arm| std::ptr::eq(&*arm.body, here));
    arm.is_some_and(|arm| tokens_mention(arm.pat.to_token_stream(), &says))
}

/// What the file sends holds a permit or a lease: those are counted, and bound the channel. Which message holds one
/// cannot be told.
fn counts_permits(cx: &Cx<'_>) -> bool {
    cx.file_mentions(&["semaphorepermit", "memorypool", "memorylease", "memorypermit"])
}

/// `let (_, rx) = unbounded();`, or `rx.close();` right behind it: nothing can be sent. An end that a constructor
/// binds only to drop it, `_rx`, is gone when it returns.
fn is_never_filled(cx: &Cx<'_>, call: &ExprCall) -> bool {
    let Some(function) = cx.function() else {
        return false;
    };
    let Some(block) = function.block else { return false };
    let made_here =
        |init: &syn::LocalInit| matches!(&*init.expr, Expr::Call(made) if std::ptr::eq(made, call));
    let Some(at) = block
        .stmts
        .iter()
        .position(|stmt| matches!(stmt, Stmt::Local(local) if local.init.as_ref().is_some_and(made_here)))
    else {
        return false;
    };
    let (made, rest) = (&block.stmts[at], &block.stmts[at + 1..]);
    let closed = matches!(rest.first(), Some(Stmt::Expr(Expr::MethodCall(next), _))
        if next.method == "close" && bare_ident(&next.receiver).is_some());
    let waits = function.sig.asyncness.is_some();
    let is_dropped = |end: &Pat| match end {
        Pat::Wild(_) => true,
        Pat::Ident(end) => !waits && end.ident.to_string().starts_with('_') && !is_used(&end.ident, rest),
        _ => false,
    };
    let dropped = matches!(made, Stmt::Local(local)
        if matches!(&local.pat, Pat::Tuple(ends) if ends.elems.iter().any(is_dropped)));
    dropped || closed
}

fn is_used(name: &Ident, stmts: &[Stmt]) -> bool {
    stmts
        .iter()
        .any(|stmt| tokens_mention(stmt.to_token_stream(), &|word| *name == word))
}

/// `::<T>` as it is written.
fn turbofish(call: &ExprCall) -> Part {
    let Expr::Path(path) = &*call.func else {
        return Part::text("");
    };
    path.path
        .segments
        .last()
        .map_or_else(|| Part::text(""), |last| Part::kept(&last.arguments))
}
