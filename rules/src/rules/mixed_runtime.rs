//! A call into another runtime than the team's.

use syn::ExprCall;

use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `mixed_runtime`: this belongs to another async runtime
pub(crate) static RULE: Rule = Rule {
    id: "ETQ801",
    name: "mixed_runtime",
    summary: "this belongs to another async runtime",
    help: "use what tokio has for it",
    not_a_defect_when: "the crate is written for that runtime, or supports several",
    explain: include_str!("../../docs/mixed_runtime.md"),
    levels: Levels::of(['-', 'd', 'd', 'd', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

const FOREIGN: [&str; 4] = ["async_std", "smol", "async_global_executor", "async_io"];

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let foreign = |path: &String| {
        let krate = path.split("::").next().unwrap_or_default();
        // Channels, locks and futures helpers of these crates run on any runtime.
        let bound = [
            "::task::",
            "::net::",
            "::fs::",
            "::time::",
            "::process::",
            "::Timer::",
            "::spawn",
            "::io::",
        ];
        FOREIGN.contains(&krate) && bound.iter().any(|part| path.contains(part))
    };
    let Some(path) = cx.callee(call).iter().find(|path| foreign(path)).cloned() else {
        return;
    };
    let declared = cx.data().runtime.as_deref() == Some("tokio");
    if declared || cx.names().uses_crate("tokio") {
        let krate = path.split("::").next().unwrap_or_default().to_owned();
        let report = Report::new(format!("`{path}` needs the runtime of `{krate}` beside tokio's"));
        cx.report(&RULE, &call.func, report);
    }
}
