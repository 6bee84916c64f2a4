//! A channel without back-pressure.

use quote::ToTokens;
use syn::{Expr, ExprCall};

use crate::context::{Cx, Hooks, Part, Report, tokens_mention};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `unbounded_channel`: no back-pressure: a slow receiver means unbounded memory
pub(crate) static RULE: Rule = Rule {
    id: "ETQ601",
    name: "unbounded_channel",
    summary: "no back-pressure: a slow receiver means unbounded memory",
    help: "use a bounded channel; if the sender must not wait, say so in an exemption",
    not_a_defect_when: "the caller asks for it by name, or the sender cannot wait (a signal handler, `Drop`), and what it sends is bounded by something else",
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
    if is_said_by_name(cx) {
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

/// `fn new_unbounded()`, `Capacity::Unbounded => …`: the caller has asked for it by name.
fn is_said_by_name(cx: &Cx<'_>) -> bool {
    let says = |word: &str| word.to_lowercase().contains("unbounded");
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
