//! A `select!` whose cancellation branch is not asked first.

use super::stop::is_cancel_arm;
use crate::context::{Cx, Hooks, Race, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `cancel_branch_last`: the cancellation branch is not asked first
pub(crate) static RULE: Rule = Rule {
    id: "ETQ403",
    name: "cancel_branch_last",
    summary: "the cancellation branch is not asked first",
    help: "write `biased;` and put the cancellation branch first",
    not_a_defect_when: "the order of the branches is random on purpose, and a late stop does no harm",
    explain: include_str!("../../docs/cancel_branch_last.md"),
    levels: Levels::of(['-', '-', '-', '-', 'w']),
    needs: Needs::Tokens,
    in_test_code: false,
    hooks: Hooks {
        race: Some(race),
        ..Hooks::NONE
    },
};

fn race(cx: &mut Cx<'_>, race: &Race) {
    let Some(first) = race.arms.iter().position(|arm| is_cancel_arm(cx, arm)) else {
        return;
    };
    // A single arm besides is `run_until_cancelled` by hand; several compete with the stop.
    if race.arms.len() < 2 || (race.biased && first == 0) {
        return;
    }
    let message = if race.biased {
        "the cancellation branch is asked after others that may always be ready"
    } else {
        "without `biased;` the cancellation branch is asked at random"
    };
    cx.report(&RULE, &race.arms[first].future, Report::new(message));
}
