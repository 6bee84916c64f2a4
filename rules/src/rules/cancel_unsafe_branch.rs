//! A `select!` branch in a loop that loses data when another branch wins.

use syn::{Expr, ExprMethodCall};

use super::paths::last;
use crate::context::{Cx, Hooks, Race, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `cancel_unsafe_branch`: this future loses data when another branch wins
pub(crate) static RULE: Rule = Rule {
    id: "ETQ404",
    name: "cancel_unsafe_branch",
    summary: "this future loses data when another branch wins",
    help: "keep the future outside the loop and poll it by `&mut`, or use a call that is cancel safe",
    not_a_defect_when: "the loop ends whenever another branch wins, or the future is pinned outside and only borrowed here",
    explain: include_str!("../../docs/cancel_unsafe_branch.md"),
    levels: Levels::of(['w', 'w', 'w', 'w', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        race: Some(race),
        ..Hooks::NONE
    },
};

/// Methods of tokio's I/O traits that forget what they have read or written, with their number of arguments.
const UNSAFE: [(&str, usize, &str); 5] = [
    ("read_exact", 1, "the bytes read so far"),
    ("read_to_end", 1, "the bytes read so far"),
    ("read_to_string", 1, "the bytes read so far"),
    ("read_line", 1, "the part of the line read so far"),
    ("write_all", 1, "track of the bytes written so far"),
];

fn race(cx: &mut Cx<'_>, race: &Race) {
    if cx.in_loop().is_none() || race.arms.len() < 2 {
        return;
    }
    for (n, arm) in race.arms.iter().enumerate() {
        let Expr::MethodCall(call) = &arm.future else {
            continue;
        };
        let Some(lost) = loses(cx, call) else { continue };
        // When every other branch leaves the loop, nothing is read after the loss.
        let others_leave = race
            .arms
            .iter()
            .enumerate()
            .all(|(other, arm)| other == n || leaves(&arm.handler));
        if !others_leave {
            let message = format!("when another branch wins, `{}` loses {lost}", call.method);
            cx.report(&RULE, call, Report::new(message));
        }
    }
}

fn loses(cx: &Cx<'_>, call: &ExprMethodCall) -> Option<String> {
    let name = call.method.to_string();
    if cx.data().cancel_unsafe.iter().any(|listed| last(listed) == name) {
        return Some("what it has done so far".to_owned());
    }
    let (_, _, lost) = UNSAFE
        .iter()
        .find(|(method, args, _)| *method == name && *args == call.args.len())?;
    Some((*lost).to_owned())
}

fn leaves(handler: &Expr) -> bool {
    let last = match handler {
        Expr::Block(block) => match block.block.stmts.last() {
            Some(syn::Stmt::Expr(last, _)) => last,
            _ => return false,
        },
        other => other,
    };
    matches!(last, Expr::Break(_) | Expr::Return(_)) || ends_everywhere(last)
}

/// A `match` or `if` of which every branch leaves; an inner `select!` is not looked into.
fn ends_everywhere(expr: &Expr) -> bool {
    match expr {
        Expr::If(found) => {
            let then = found.then_branch.stmts.last();
            let then = matches!(then, Some(syn::Stmt::Expr(Expr::Break(_) | Expr::Return(_), _)));
            then && found.else_branch.as_ref().is_some_and(|(_, other)| leaves(other))
        }
        Expr::Match(found) => found.arms.iter().all(|arm| leaves(&arm.body)),
        _ => false,
    }
}
