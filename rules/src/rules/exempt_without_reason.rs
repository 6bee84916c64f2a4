//! An exemption without a reason. Reported by the engine itself.

use crate::context::Hooks;
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `exempt_without_reason`: this exemption does not say why
pub(crate) static RULE: Rule = Rule {
    id: "ETQ902",
    name: "exempt_without_reason",
    summary: "this exemption does not say why",
    help: "add `reason = \"…\"` to the attribute, or the reason behind the comment",
    not_a_defect_when: "the policy says `exempt.reason = \"optional\"`",
    explain: include_str!("../../docs/exempt_without_reason.md"),
    levels: Levels::of(['w', 'w', 'w', 'w', 'd']),
    needs: Needs::Policy,
    in_test_code: true,
    hooks: Hooks::NONE,
};
