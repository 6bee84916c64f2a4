//! A loop in async code that nothing can end.

use syn::visit::Visit;
use syn::{Expr, Item};

use super::stop::{awaits, can_end};
use crate::context::{
    AsyncRole, Cx, Expansion, FnFrame, Frame, Hooks, LoopKind, LoopView, Report, Verdict, ends,
    method_chain_root,
};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `endless_loop`: nothing can end this loop except dropping the task
pub(crate) static RULE: Rule = Rule {
    id: "ETQ401",
    name: "endless_loop",
    summary: "nothing can end this loop except dropping the task",
    help: "add a cancellation branch, or return `!` and own the task",
    not_a_defect_when: "the function returns `!`, is `main`, is raced against something, or the task's handle is kept and aborted",
    explain: include_str!("../../docs/endless_loop.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Tokens,
    in_test_code: false,
    hooks: Hooks {
        looped: Some(looped),
        ..Hooks::NONE
    },
};

fn looped<'a>(cx: &mut Cx<'a>, looped: LoopView<'a>) {
    if !matches!(looped.kind, LoopKind::Endless) || !cx.in_async() || !nobody_owns(cx) {
        return;
    }
    if awaits(cx, looped.body) && !can_end(cx, looped.body) {
        let (start, _) = ends(looped.expr);
        cx.report_at(&RULE, start, start, Report::new(RULE.summary));
    }
}

/// The loop is the fate of a whole task or function, and no one around could end it another way.
fn nobody_owns(cx: &Cx<'_>) -> bool {
    for frame in cx.frames() {
        match frame {
            // The inner loop of an outer one: the outer one is reported.
            Frame::Loop(_) | Frame::Raced | Frame::Closure { .. } => return false,
            Frame::Async(role) => return *role == AsyncRole::Detached,
            Frame::Function(function) => {
                return !function.is_main() && !function.never_returns() && !is_stoppable(cx, function);
            }
            _ => {}
        }
    }
    false
}

/// Cancelled by attribute, or raced by a caller: in this file, or as far as the walk over the tree has told.
fn is_stoppable(cx: &Cx<'_>, function: &FnFrame<'_>) -> bool {
    let attributes = ["cancellable", "with_timeout"];
    if attributes
        .iter()
        .any(|name| cx.etiquette_attr(function.attrs, name).is_some())
    {
        return true;
    }
    // A trait's caller is not in sight.
    let name = function.sig.ident.to_string();
    function.in_trait_impl || cx.is_raced_in_tree(&name) || raced_in_file(cx, &name)
}

fn raced_in_file(cx: &Cx<'_>, name: &str) -> bool {
    let given =
        |args: &syn::punctuated::Punctuated<Expr, syn::Token![,]>| args.iter().any(|arg| calls(arg, name));
    let verdict = |found: bool| if found { Verdict::Found } else { Verdict::Enter };
    let test = |expr: &Expr| match expr {
        // `timeout(d, run())`, `handles.push(tokio::spawn(self.run()))`, `self.run().or_cancelled(&token)`.
        Expr::Call(call) => verdict(given(&call.args)),
        Expr::MethodCall(call) => verdict(given(&call.args) || calls(&call.receiver, name)),
        _ => Verdict::Enter,
    };
    let macros = |found: &syn::Macro| match cx.expansion(found) {
        Some(Expansion::Race(race)) => verdict(race.arms.iter().any(|arm| calls(&arm.future, name))),
        _ => Verdict::Enter,
    };
    cx.tree()
        .items
        .iter()
        .any(|item| cx.contains_with_macros(|search| enter(search, item), test, macros))
}

/// Searches stay out of items; this enters the functions of one.
fn enter(search: &mut crate::context::Search<'_>, item: &Item) {
    match item {
        Item::Fn(item) => search.visit_block(&item.block),
        Item::Impl(item) => {
            for item in &item.items {
                if let syn::ImplItem::Fn(item) = item {
                    search.visit_block(&item.block);
                }
            }
        }
        _ => {}
    }
}

fn calls(expr: &Expr, name: &str) -> bool {
    let is = |expr: &Expr| match expr {
        Expr::MethodCall(call) => call.method == name,
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path)
            if path.path.segments.last().is_some_and(|last| last.ident == name)),
        _ => false,
    };
    is(expr) || is(method_chain_root(expr))
}
