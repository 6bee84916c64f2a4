//! Blocking HTTP clients in async code.

use syn::ExprCall;

use super::blocking;
use super::paths::last;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `blocking_http`: blocking HTTP client in async code
pub(crate) static RULE: Rule = Rule {
    id: "ETQ105",
    name: "blocking_http",
    summary: "blocking HTTP client in async code",
    help: "use `reqwest::Client`",
    not_a_defect_when: "the closure runs on a thread of its own (`spawn_blocking`)",
    explain: include_str!("../../docs/blocking_http.md"),
    levels: Levels::of(['w', 'd', 'd', 'd', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !blocking::would_block(cx) {
        return;
    }
    let Some(path) = cx
        .callee(call)
        .iter()
        .find(|path| is_blocking_client(path))
        .cloned()
    else {
        return;
    };
    let mut report = Report::new(format!("`{path}` is a blocking HTTP client in async code"));
    if path.starts_with("reqwest::") {
        report = report.note("dropping a `reqwest::blocking` client inside a runtime panics");
    }
    cx.report(&RULE, call, report);
}

fn is_blocking_client(path: &str) -> bool {
    let verbs = [
        "get",
        "post",
        "put",
        "delete",
        "head",
        "patch",
        "request",
        "request_url",
    ];
    let client = [
        "reqwest::blocking::get",
        "reqwest::blocking::Client::new",
        "reqwest::blocking::Client::builder",
    ];
    let krate = path.split("::").next().unwrap_or_default();
    let free = path.matches("::").count() == 1;
    client.contains(&path)
        || path == "reqwest::blocking::ClientBuilder::new"
        || (["ureq", "minreq", "attohttpc"].contains(&krate) && free && verbs.contains(&last(path)))
}
