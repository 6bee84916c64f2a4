//! Where a layer stands among the others of its stack, as answers to what it has to write.

use crate::model::plan::{Plan, Planned};
use crate::options::facts::{Runs, Stop};
use proc_macro2::Span;

/// What stands around one layer of a stack.
#[derive(Default)]
pub(crate) struct Position {
    /// A layer above looks at how this one's run ended.
    pub(crate) is_read: bool,
    /// A layer below can stop a run.
    pub(crate) stops_below: bool,
    /// A repeating layer stands below.
    pub(crate) repeats_below: bool,
    /// A repeating layer stands above.
    pub(crate) repeats_above: bool,
    /// A repeating layer stands below, and its progress is known here.
    pub(crate) progress_below: bool,
    /// A repeating layer stands above, and its number can be asked for here.
    pub(crate) retry_in_reach: bool,
    /// A span above is told of attempts.
    pub(crate) task_above: bool,
    /// A timeout over all attempts stands above.
    pub(crate) total_above: bool,
    /// A layer above measures the body, which begins when this one lets it.
    pub(crate) begins_body: bool,
    /// Calls may wait in a layer below.
    pub(crate) queues_below: bool,
    pub(crate) attribute: Option<Span>,
}

impl Position {
    pub(crate) fn of(plan: &Plan, at: usize) -> Self {
        let (above, rest) = plan.layers.split_at(at);
        let Some((this, below)) = rest.split_first() else {
            return Self::default();
        };
        let (beside_above, in_call_above) = (
            up_to(above, |runs| runs != Runs::Here),
            up_to(above, |runs| runs == Runs::Apart),
        );
        let beside_below = match this.facts.runs {
            Runs::Here => down_to(below, |runs| runs != Runs::Here),
            Runs::SideBySide | Runs::Apart => &[],
        };
        let in_call_below = match this.facts.runs {
            Runs::Here | Runs::SideBySide => down_to(below, |runs| runs == Runs::Apart),
            Runs::Apart => &[],
        };
        let queues_below = in_call_below.iter().any(|inner| inner.facts.queues);
        Self {
            is_read: is_read(plan, at),
            stops_below: stops_below(plan, at),
            repeats_below: below.iter().any(|inner| inner.facts.repeats),
            repeats_above: above.iter().any(|outer| outer.facts.repeats),
            progress_below: beside_below.iter().any(|inner| inner.facts.repeats),
            retry_in_reach: in_call_above.iter().any(|outer| outer.facts.repeats),
            task_above: beside_above.iter().any(|outer| outer.facts.watches_attempts),
            total_above: beside_above
                .iter()
                .any(|outer| outer.facts.stop == Some(Stop::TimedOut)),
            begins_body: !queues_below && in_call_above.iter().any(|outer| outer.facts.times_body),
            queues_below,
            attribute: Some(this.attribute.span()),
        }
    }
}

/// The layers from the one at `from` on that share variables: down to the next that runs things elsewhere.
pub(crate) fn beside(plan: &Plan, from: usize) -> std::ops::Range<usize> {
    let rest = plan.layers.get(from..).unwrap_or_default();
    from..from + down_to(rest, |runs| runs != Runs::Here).len()
}

/// Whether one of them says how a run ended.
pub(crate) fn marks(plan: &Plan, from: usize) -> bool {
    beside(plan, from).any(|at| {
        let facts = &plan.layers[at].facts;
        let passes_on = facts.runs != Runs::Here && stops_below(plan, at);
        is_read(plan, at) && (facts.stop.is_some() || passes_on)
    })
}

fn is_read(plan: &Plan, at: usize) -> bool {
    plan.layers.iter().take(at).any(|outer| outer.facts.reads_run)
}

fn stops_below(plan: &Plan, at: usize) -> bool {
    plan.layers
        .iter()
        .skip(at + 1)
        .any(|inner| inner.facts.stop.is_some())
}

/// The layers directly above, without the nearest that `ends` this.
fn up_to(above: &[Planned], ends: impl Fn(Runs) -> bool) -> &[Planned] {
    let from = above.iter().rposition(|outer| ends(outer.facts.runs));
    from.map_or(above, |from| &above[from + 1..])
}

/// The layers directly below, with the nearest that `ends` this.
fn down_to(below: &[Planned], ends: impl Fn(Runs) -> bool) -> &[Planned] {
    let to = below.iter().position(|inner| ends(inner.facts.runs));
    to.map_or(below, |to| &below[..=to])
}
