//! An exemption that covers nothing. Reported by the engine itself.

use crate::context::Hooks;
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `stale_exempt`: this exemption covers nothing
pub(crate) static RULE: Rule = Rule {
    id: "ETQ901",
    name: "stale_exempt",
    summary: "this exemption covers nothing",
    help: "remove it",
    not_a_defect_when: "the rule is off here, or types decide it: such exemptions are never called stale",
    explain: include_str!("../../docs/stale_exempt.md"),
    levels: Levels::of(['w', 'w', 'w', 'w', 'd']),
    needs: Needs::Policy,
    in_test_code: true,
    hooks: Hooks::NONE,
};
