//! A timer that every turn of a loop starts anew.

use syn::Expr;

use crate::context::{Cx, Hooks, Race, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `timer_restarted`: every other branch that wins starts this timer anew: it may never fire
pub(crate) static RULE: Rule = Rule {
    id: "ETQ405",
    name: "timer_restarted",
    summary: "every other branch that wins starts this timer anew: it may never fire",
    help: "create the timer before the loop and `reset` it, or use `tokio::time::interval`",
    not_a_defect_when: "the timer is meant as \"nothing happened for so long\"",
    explain: include_str!("../../docs/timer_restarted.md"),
    levels: Levels::of(['-', '-', '-', '-', '-']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        race: Some(race),
        ..Hooks::NONE
    },
};

fn race(cx: &mut Cx<'_>, race: &Race) {
    if cx.in_loop().is_none() || race.arms.len() < 2 {
        return;
    }
    for arm in &race.arms {
        let Expr::Call(call) = &arm.future else { continue };
        if cx.callee(call).iter().any(|path| path == "tokio::time::sleep") {
            cx.report(&RULE, call, Report::new(RULE.summary));
        }
    }
}
