//! Where a layer stands among the others of its stack, as answers to what it has to write.

use crate::model::plan::{Plan, Planned};
use crate::options::facts::{Runs, Stop};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// What stands around one layer of a stack.
#[derive(Default)]
pub(crate) struct Position {
    /// A layer above looks at how this one's run ended.
    pub(crate) is_read: bool,
    /// A layer below can stop a run.
    pub(crate) stops_below: bool,
    /// A timeout stands below.
    pub(crate) times_out_below: bool,
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
    /// This layer's timer serves a repeating layer directly below too.
    pub(crate) lends_timer: bool,
    /// A timeout directly above lends this repeating layer its timer.
    pub(crate) borrows_timer: bool,
    /// This timeout is on the timer that the repeating layer directly above borrows.
    pub(crate) shares_timer: bool,
    /// So is the timeout directly below this repeating layer.
    pub(crate) timer_shared_below: bool,
    /// A layer above measures the body, which begins when this one lets it.
    pub(crate) begins_body: bool,
    /// Calls may wait in a layer below.
    pub(crate) queues_below: bool,
    pub(crate) attribute: Option<Span>,
    /// The clones that this layer makes and that what is below it changes, or has to itself.
    mut_clones: Vec<Ident>,
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
            times_out_below: below.iter().any(|inner| inner.facts.stop == Some(Stop::TimedOut)),
            repeats_below: below.iter().any(|inner| inner.facts.repeats),
            repeats_above: above.iter().any(|outer| outer.facts.repeats),
            progress_below: beside_below.iter().any(|inner| inner.facts.repeats),
            retry_in_reach: in_call_above.iter().any(|outer| outer.facts.repeats),
            task_above: beside_above.iter().any(|outer| outer.facts.watches_attempts),
            total_above: beside_above
                .iter()
                .any(|outer| outer.facts.stop == Some(Stop::TimedOut)),
            lends_timer: lends_timer(plan, at),
            borrows_timer: at.checked_sub(1).is_some_and(|outer| lends_timer(plan, outer)),
            shares_timer: shares_timer(plan, at),
            timer_shared_below: shares_timer(plan, at + 1),
            begins_body: !queues_below && in_call_above.iter().any(|outer| outer.facts.times_body),
            queues_below,
            attribute: Some(this.attribute.span()),
            mut_clones: clones_of(this)
                .filter(|name| is_mut_clone(plan, at, name))
                .cloned()
                .collect(),
        }
    }

    /// What the clone of `parameter` is bound to: `x @ _`, or `mut x`. With a token of ours in it, no lint takes it for
    /// a variable that the user shadowed in `clone(x)`.
    pub(crate) fn clone_binding(&self, name: &Ident, parameter: &Ident) -> TokenStream {
        match self.mut_clones.contains(name) {
            true => quote!(mut #parameter),
            false => quote!(#parameter @ _),
        }
    }
}

fn clones_of(planned: &Planned) -> impl Iterator<Item = &Ident> {
    planned.facts.clones.iter()
}

/// Whether the body's block borrows the clone of `name` exclusively: one that a layer below has made, and that no
/// further layer shares between its runs, or moves into a closure.
pub(crate) fn has_to_itself(plan: &Plan, name: &Ident) -> bool {
    let clones = |planned: &Planned| clones_of(planned).any(|clone| clone == name);
    let Some(last) = plan.layers.iter().rposition(clones) else {
        return false;
    };
    let below = plan.layers.iter().skip(last + 1);
    let shares = |planned: &Planned| planned.facts.runs == Runs::SideBySide;
    !below.into_iter().any(shares) && !plan.layers.iter().any(|planned| planned.facts.sync_body)
}

fn is_mut_clone(plan: &Plan, at: usize, name: &Ident) -> bool {
    let cloned_below = plan
        .layers
        .iter()
        .skip(at + 1)
        .any(|inner| clones_of(inner).any(|clone| clone == name));
    !cloned_below && (has_to_itself(plan, name) || plan.mut_names().any(|changed| changed == *name))
}

/// A timeout directly above a layer that runs one attempt after the other: one timer will do, since the call waits in
/// one place at a time.
pub(crate) fn lends_timer(plan: &Plan, at: usize) -> bool {
    let repeats = |inner: &Planned| inner.facts.repeats && inner.facts.runs == Runs::Here;
    times_out(plan, at) && plan.layers.get(at + 1).is_some_and(repeats)
}

/// A timeout directly below such a layer.
fn shares_timer(plan: &Plan, at: usize) -> bool {
    times_out(plan, at) && at.checked_sub(2).is_some_and(|total| lends_timer(plan, total))
}

fn times_out(plan: &Plan, at: usize) -> bool {
    plan.layers
        .get(at)
        .is_some_and(|Planned { facts, .. }| facts.stop == Some(Stop::TimedOut) && !facts.tells_limit)
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
