//! An HTTP client that waits forever by default.

use syn::{Expr, ExprCall, ExprMethodCall};

use crate::context::{Cx, Hooks, Report, chain_methods, method_chain_root};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `http_client_without_timeout`: this client waits forever by default
pub(crate) static RULE: Rule = Rule {
    id: "ETQ501",
    name: "http_client_without_timeout",
    summary: "this client waits forever by default",
    help: "build it with `.timeout(…)`",
    not_a_defect_when: "every request sets its own timeout, or the calls stand under `tokio::time::timeout` or `#[with_timeout]`",
    explain: include_str!("../../docs/http_client_without_timeout.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

const BUILDERS: [&str; 2] = ["reqwest::Client::builder", "reqwest::ClientBuilder::new"];

/// `reqwest::Client::new()`, `reqwest::get(…)`.
fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let bare = ["reqwest::Client::new", "reqwest::Client::default", "reqwest::get"];
    let Some(path) = cx
        .callee(call)
        .iter()
        .find(|path| bare.contains(&path.as_str()))
        .cloned()
    else {
        return;
    };
    if speaks_of_timeouts(cx) {
        return;
    }
    let limit = cx.data().timeout_http.as_deref().unwrap_or("10s");
    let help = if path == "reqwest::get" {
        format!("use one shared client built with `.timeout(…)`, of {limit} say")
    } else {
        format!("write `reqwest::Client::builder().timeout(…).build()?`, with {limit} say")
    };
    cx.report(
        &RULE,
        call,
        Report::new(format!("`{path}` makes a client that waits forever")).help(help),
    );
}

/// `reqwest::Client::builder()…build()` in one chain.
fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    if call.method != "build" || !call.args.is_empty() {
        return;
    }
    let Expr::Call(root) = method_chain_root(&call.receiver) else {
        return;
    };
    if !cx
        .callee(root)
        .iter()
        .any(|path| BUILDERS.contains(&path.as_str()))
    {
        return;
    }
    let methods = chain_methods(&call.receiver);
    if methods.iter().any(|method| method.contains("timeout")) || speaks_of_timeouts(cx) {
        return;
    }
    let limit = cx.data().timeout_http.as_deref().unwrap_or("10s");
    let report = Report::new(RULE.summary).help(format!("set `.timeout(…)` on the builder, to {limit} say"));
    cx.report(&RULE, root, report);
}

/// Somewhere in this file a limit is set: on a request, or around a call. Which client it concerns cannot be told.
fn speaks_of_timeouts(cx: &Cx<'_>) -> bool {
    cx.file_mentions(&["timeout", "deadline"])
}
