//! A lock guard that is alive across an `.await`.

use proc_macro2::Span;
use syn::{Block, Expr, ExprAwait, Ident};

use super::held::{any_await, binding, first_await, takes_lock, temporary};
use super::held_entry;
use crate::context::{Cx, Hooks, Report, Verdict};
use crate::rule::Levels;
use crate::{Needs, ProbeKind, Rule};

/// `guard_across_await`: a lock guard is alive across an `.await`: every other task that wants the lock blocks its thread
pub(crate) static RULE: Rule = Rule {
    id: "ETQ201",
    name: "guard_across_await",
    summary: "a lock guard is alive across an `.await`: every other task that wants the lock blocks its thread",
    help: "end its scope before awaiting, or copy what you need out of it",
    not_a_defect_when: "the guard was moved or dropped before the `.await`, or it is the guard of an async lock",
    explain: include_str!("../../docs/guard_across_await.md"),
    levels: Levels::of(['d', 'd', 'd', 'd', 'd']),
    needs: Needs::Types,
    in_test_code: false,
    hooks: Hooks {
        block: Some(block),
        expr: Some(expr),
        awaits: Some(awaited),
        ..Hooks::NONE
    },
};

/// `let g = m.lock().unwrap();` and an `.await` further down in the same block.
fn block(cx: &mut Cx<'_>, block: &Block) {
    if !cx.in_async() {
        return;
    }
    for (n, stmt) in block.stmts.iter().enumerate() {
        if cx.asks_maps()
            && let Some((local, name)) = held_entry::bound(stmt)
            && let Some(awaited) = first_await(&block.stmts[n + 1..], name)
        {
            cx.probe(&RULE, asked_of(name, awaited), local);
            continue;
        }
        let Some((local, name, init)) = binding(stmt) else {
            continue;
        };
        let Some(taken) = takes_lock(cx, init) else {
            continue;
        };
        let Some(awaited) = first_await(&block.stmts[n + 1..], name) else {
            continue;
        };
        match taken.guard {
            Some(guard) if !cx.asks_types() => report(cx, name.to_string(), guard, awaited),
            None if taken.is_async => {}
            _ => cx.probe(&RULE, asked_of(name, awaited), local),
        }
    }
}

/// `match m.lock().unwrap().get(k) { … .await … }`: the temporary lives until the closing brace.
fn expr(cx: &mut Cx<'_>, expr: &Expr) {
    if !cx.in_async() {
        return;
    }
    if cx.asks_maps()
        && let Some((name, inside)) = held_entry::bound_inside(expr)
        && let Some(awaited) = first_await(&inside.stmts, name)
    {
        // Right behind the brace.
        let brace = inside.brace_token.span.open();
        cx.probe_at(&RULE, asked_of(name, awaited), brace, brace);
    }
    let (source, awaited) = match expr {
        Expr::Match(found) => (
            &*found.expr,
            any_await(|each| found.arms.iter().for_each(|arm| each(&arm.body))),
        ),
        Expr::If(found) => match &*found.cond {
            Expr::Let(condition) => (&*condition.expr, await_in(&found.then_branch)),
            _ => return,
        },
        Expr::While(found) => match &*found.cond {
            Expr::Let(condition) => (&*condition.expr, await_in(&found.body)),
            _ => return,
        },
        Expr::ForLoop(found) => (&*found.expr, await_in(&found.body)),
        _ => return,
    };
    let Some(awaited) = awaited else { return };
    if let Some((_, guard)) = temporary(cx, source) {
        report(cx, "a temporary".to_owned(), guard, awaited);
    }
}

fn await_in(block: &Block) -> Option<Span> {
    let block = Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: None,
        block: block.clone(),
    });
    any_await(|each| each(&block))
}

/// `f(m.lock().unwrap().len()).await`: the temporary lives until the statement ends.
fn awaited(cx: &mut Cx<'_>, awaited: &ExprAwait) {
    if !cx.in_async() {
        return;
    }
    let mut held = None;
    cx.contains(
        |search| syn::visit::Visit::visit_expr(search, &awaited.base),
        |expr| match expr {
            Expr::Block(_) | Expr::Macro(_) | Expr::If(_) | Expr::Match(_) => Verdict::Pass,
            _ => match takes_lock(cx, expr).and_then(|taken| taken.guard) {
                Some(guard) => {
                    held = Some(guard);
                    Verdict::Found
                }
                None => Verdict::Enter,
            },
        },
    );
    if let Some(guard) = held {
        report(cx, "a temporary".to_owned(), guard, awaited.await_token.span);
    }
}

/// The question that the compiler answers.
fn asked_of(name: &Ident, awaited: Span) -> ProbeKind {
    ProbeKind::Guard {
        binding: name.clone(),
        awaited,
        is_async: false,
    }
}

fn report(cx: &mut Cx<'_>, name: String, guard: &str, awaited: Span) {
    let who = if name == "a temporary" {
        name
    } else {
        format!("`{name}`")
    };
    let message = format!("{who}, a `{guard}`, is alive across this `.await`");
    cx.report_at(&RULE, awaited, awaited, Report::new(message));
}
