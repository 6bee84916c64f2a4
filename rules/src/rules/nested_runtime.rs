//! Blocking on a future from inside the runtime.

use syn::{ExprCall, ExprMethodCall};

use super::blocking;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `nested_runtime`: this panics or deadlocks inside a runtime
pub(crate) static RULE: Rule = Rule {
    id: "ETQ106",
    name: "nested_runtime",
    summary: "this panics or deadlocks inside a runtime",
    help: "`.await` it",
    not_a_defect_when: "the closure runs under `spawn_blocking` or `block_in_place`, or on a thread of its own",
    explain: include_str!("../../docs/nested_runtime.md"),
    levels: Levels::of(['d', 'd', 'd', 'd', 'd']),
    needs: Needs::Imports,
    in_test_code: true,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let blocks = [
        "futures::executor::block_on",
        "futures_executor::block_on",
        "futures_lite::future::block_on",
        "pollster::block_on",
        "smol::block_on",
        "async_std::task::block_on",
        "tokio_test::block_on",
    ];
    if blocking::would_block(cx) && blocking::is_call_to(cx, call, &blocks) {
        let report = Report::new(
            "`block_on` holds this executor thread until the future is done; if they need each other, forever",
        );
        cx.report(&RULE, call, report);
    }
}

fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    let name = call.method.to_string();
    let (args, message, help) = match name.as_str() {
        "block_on" => (
            1,
            "`block_on` panics inside a runtime".to_owned(),
            "`.await` the future".to_owned(),
        ),
        "blocking_recv" | "blocking_lock" | "blocking_read" | "blocking_write" => (
            0,
            format!("`{name}` panics inside a runtime"),
            format!("write `{}().await`", &name["blocking_".len()..]),
        ),
        "blocking_send" => (
            1,
            format!("`{name}` panics inside a runtime"),
            "write `send(…).await`".to_owned(),
        ),
        _ => return,
    };
    if call.args.len() != args || !blocking::would_block(cx) {
        return;
    }
    // A runtime of the test framework's or of another crate's own may well allow it.
    let origin = cx.origin(&call.receiver);
    let foreign =
        |root: &str| name == "block_on" && !root.starts_with("tokio::") && !root.starts_with("self::");
    if origin.is_some_and(|origin| foreign(&origin.root)) {
        return;
    }
    cx.report(&RULE, call, Report::new(message).help(help));
}
