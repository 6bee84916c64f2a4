//! The guard of an async lock that is held across another `.await`.

use syn::Block;

use super::held::{binding, first_await, takes_lock};
use crate::context::{Cx, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `async_guard_across_await`: the guard of an async lock is held across another `.await`: it serialises every caller until that ends
pub(crate) static RULE: Rule = Rule {
    id: "ETQ202",
    name: "async_guard_across_await",
    summary: "the guard of an async lock is held across another `.await`: it serialises every caller until that ends",
    help: "end its scope before awaiting, or copy what you need out of it",
    not_a_defect_when: "the callers are meant to be served one after the other: this is what async locks are for",
    explain: include_str!("../../docs/async_guard_across_await.md"),
    levels: Levels::of(['-', '-', '-', '-', '-']),
    needs: Needs::Types,
    in_test_code: false,
    hooks: Hooks {
        block: Some(block),
        ..Hooks::NONE
    },
};

fn block(cx: &mut Cx<'_>, block: &Block) {
    if !cx.in_async() {
        return;
    }
    for (n, stmt) in block.stmts.iter().enumerate() {
        let Some((_, name, init)) = binding(stmt) else {
            continue;
        };
        let Some(awaited) = takes_lock(cx, init)
            .filter(|taken| taken.is_async)
            .and_then(|_| first_await(&block.stmts[n + 1..], name))
        else {
            continue;
        };
        let message = format!("`{name}` serialises every caller until this `.await` ends");
        cx.report_at(&RULE, awaited, awaited, Report::new(message));
    }
}
