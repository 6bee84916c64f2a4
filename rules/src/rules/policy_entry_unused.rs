//! An entry of the policy that can match nothing. Reported by the engine itself.

use crate::context::Hooks;
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `policy_entry_unused`: this entry of the policy can match nothing
pub(crate) static RULE: Rule = Rule {
    id: "ETQ903",
    name: "policy_entry_unused",
    summary: "this entry of the policy can match nothing",
    help: "correct or remove it",
    not_a_defect_when: "the code it speaks of is about to be written",
    explain: include_str!("../../docs/policy_entry_unused.md"),
    levels: Levels::of(['w', 'w', 'w', 'w', 'd']),
    needs: Needs::Policy,
    in_test_code: true,
    hooks: Hooks::NONE,
};
