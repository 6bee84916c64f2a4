//! Name lookups and connections that block, in async code.

use syn::{ExprCall, ExprMethodCall};

use super::blocking;
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `blocking_net`: this resolves or connects synchronously
pub(crate) static RULE: Rule = Rule {
    id: "ETQ103",
    name: "blocking_net",
    summary: "this resolves or connects synchronously",
    help: "use `tokio::net`",
    not_a_defect_when: "it happens once before anything else runs (the top of `main`), or on a thread of its own",
    explain: include_str!("../../docs/blocking_net.md"),
    levels: Levels::of(['-', 'd', 'd', 'w', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    let connects = [
        "std::net::TcpStream::connect",
        "std::net::TcpStream::connect_timeout",
    ];
    if blocking::would_block(cx) && !cx.in_startup() && blocking::is_call_to(cx, call, &connects) {
        let report =
            Report::new("`std::net::TcpStream` connects synchronously: this thread waits for the other side")
                .help("use `tokio::net::TcpStream::connect(…).await`");
        cx.report(&RULE, call, report);
    }
}

fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    if call.method != "to_socket_addrs"
        || !call.args.is_empty()
        || !blocking::would_block(cx)
        || cx.in_startup()
    {
        return;
    }
    if cx.names().has_trait("std::net::ToSocketAddrs") {
        let report = Report::new("`to_socket_addrs` asks the resolver synchronously")
            .help("use `tokio::net::lookup_host(…).await`");
        cx.report(&RULE, call, report);
    }
}
