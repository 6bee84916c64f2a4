//! Waiting on a channel of std in async code.

use syn::ExprMethodCall;

use super::blocking;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `std_channel_in_async`: a channel of std blocks this executor thread until something arrives
pub(crate) static RULE: Rule = Rule {
    id: "ETQ602",
    name: "std_channel_in_async",
    summary: "a channel of std blocks this executor thread until something arrives",
    help: "use `tokio::sync::mpsc`, or receive on a thread of its own",
    not_a_defect_when: "it is only polled (`try_recv`), or the receiver lives on a thread of its own",
    explain: include_str!("../../docs/std_channel_in_async.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        method: Some(method),
        ..Hooks::NONE
    },
};

fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    let name = call.method.to_string();
    let waits = match name.as_str() {
        "recv" => call.args.is_empty(),
        "recv_timeout" => call.args.len() == 1,
        _ => return,
    };
    if !waits || !blocking::would_block(cx) {
        return;
    }
    let Some(origin) = cx.origin(&call.receiver) else {
        return;
    };
    let made_here = ["std::sync::mpsc::channel", "std::sync::mpsc::sync_channel"]
        .contains(&origin.root.as_str())
        && origin.steps == [".1"];
    if made_here || (origin.root == "std::sync::mpsc::Receiver" && origin.steps.is_empty()) {
        cx.report(
            &RULE,
            call,
            Report::new(format!(
                "`{name}` blocks this executor thread until something arrives"
            )),
        );
    }
}
