//! A connection attempt without a limit.

use syn::{Expr, ExprCall};

use crate::context::{Cx, Frame, Hooks, Report, strip};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `connect_without_timeout`: this connection attempt waits as long as the operating system likes
pub(crate) static RULE: Rule = Rule {
    id: "ETQ502",
    name: "connect_without_timeout",
    summary: "this connection attempt waits as long as the operating system likes",
    help: "put `tokio::time::timeout(…)` around it, or `#[with_timeout]` on the function",
    not_a_defect_when: "the caller limits the whole operation",
    explain: include_str!("../../docs/connect_without_timeout.md"),
    levels: Levels::of(['-', '-', '-', '-', '-']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let connects = [
        "tokio::net::TcpStream::connect",
        "tokio::net::UnixStream::connect",
    ];
    if !cx
        .callee(call)
        .iter()
        .any(|path| connects.contains(&path.as_str()))
        || is_limited(cx)
    {
        return;
    }
    cx.report(&RULE, call, Report::new(RULE.summary));
}

/// Inside `timeout(…)`, `….with_timeout(…)`, a raced future, or a function that carries a limit.
fn is_limited(cx: &Cx<'_>) -> bool {
    let mut n = 0;
    while let Some(expr) = cx.around(n) {
        n += 1;
        let name = match expr {
            Expr::Call(call) => match strip(&call.func) {
                Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
                _ => None,
            },
            Expr::MethodCall(call) => Some(call.method.to_string()),
            _ => None,
        };
        if name.is_some_and(|name| name.contains("timeout") || name.contains("deadline")) {
            return true;
        }
    }
    cx.frames().any(|frame| match frame {
        Frame::Raced => true,
        Frame::Function(function) => cx.etiquette_attr(function.attrs, "with_timeout").is_some(),
        _ => false,
    })
}
