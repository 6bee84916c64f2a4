//! Rules about where a layer stands among the others. Each error shows the order that is meant.

use super::plan::{Plan, Planned};
pub(super) use super::spelled::spelled;
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::facts::{Scope, Stop};

/// The same layer twice.
pub(crate) fn check_duplicates(plan: &Plan, diagnostics: &Diagnostics) {
    for (at, later) in plan.layers.iter().enumerate() {
        let name = later.layer.name();
        let Some(earlier) = plan
            .layers
            .iter()
            .take(at)
            .rposition(|earlier| earlier.layer.name() == name)
        else {
            continue;
        };
        let repeats_between = plan
            .layers
            .iter()
            .take(at)
            .skip(earlier)
            .any(Planned::runs_several);
        // What stands between may be the layer whose options could not be read.
        if later.facts.twice_around_repeats && (repeats_between || !plan.complete) {
            continue;
        }
        let distinct = plan
            .layers
            .iter()
            .take(at)
            .filter(|earlier| earlier.layer.name() == name)
            .all(|earlier| earlier.facts.identity != later.facts.identity);
        if later.facts.identity.is_some() && distinct {
            continue;
        }
        let error = Diagnostic::at(
            later.attribute.span(),
            format_args!("`#[{name}]` stands here twice"),
        );
        diagnostics.push(if later.facts.twice_around_repeats {
            error.help("keep one; two make sense only with `#[retry]` between them: one for all attempts, one for each")
        } else if later.facts.identity.is_some() {
            error.help(format_args!(
                "keep one; two make sense only when they limit different things, as in `#[{name}(…, key = tenant)]`"
            ))
        } else {
            error.help("keep one")
        });
    }
}

/// `total` above the layer that repeats, `attempt` below it, and neither where nothing repeats.
pub(crate) fn check_scopes(plan: &Plan, diagnostics: &Diagnostics) {
    let repeater = plan.repeater();
    for (at, planned) in plan.layers.iter().enumerate() {
        let is_timeout = planned.facts.stop == Some(Stop::TimedOut);
        let limit = planned
            .facts
            .value
            .as_ref()
            .map_or_else(|| "…".to_owned(), spelled);
        let name = planned.layer.name();
        match (repeater, planned.facts.scope) {
            (None, Some(Scope::Total(span) | Scope::Attempt(span))) if plan.complete => diagnostics.push(
                Diagnostic::at(
                    span,
                    match plan.layers.iter().any(Planned::runs_several) {
                        true => "only beside `#[retry]` a limit needs a word: its place says what it limits",
                        false => "nothing in this stack runs the body more than once",
                    },
                )
                .help(format_args!("write `#[{name}({limit})]`")),
            ),
            (Some(repeater), None) if is_timeout => {
                let (word, what) = if at < repeater {
                    ("total", "all attempts together")
                } else {
                    ("attempt", "each attempt")
                };
                diagnostics.push(
                    Diagnostic::at(
                        planned.attribute.span(),
                        "beside `#[retry]` a timeout says which of two it is",
                    )
                    .help(format_args!(
                        "here it limits {what}: add the word, `#[{name}({limit}, {word})]`"
                    )),
                );
            }
            (Some(repeater), Some(Scope::Total(span))) if at > repeater => diagnostics.push(
                Diagnostic::at(
                    span,
                    "`total` limits all attempts together, and below `#[retry]` it would limit each",
                )
                .help(format_args!(
                    "move `#[{name}({limit}, total)]` above `#[retry]`, or write `attempt`"
                )),
            ),
            (Some(repeater), Some(Scope::Attempt(span))) if at < repeater => diagnostics.push(
                Diagnostic::at(
                    span,
                    "`attempt` limits one attempt, and above `#[retry]` it would limit all of them",
                )
                .help(format_args!(
                    "move `#[{name}({limit}, attempt)]` below `#[retry]`, or write `total`"
                )),
            ),
            _ => {}
        }
    }
}

/// Who listens for a cancellation stands outside of what runs the body several times.
pub(crate) fn check_cancel_outside(plan: &Plan, diagnostics: &Diagnostics) {
    let Some(outer) = plan.layers.iter().position(Planned::runs_several) else {
        return;
    };
    for planned in plan.layers.iter().skip(outer) {
        if planned.facts.stop == Some(Stop::Cancelled) {
            let (name, outer_name) = (planned.layer.name(), plan.layers[outer].layer.name());
            let why = match plan.layers[outer].facts.repeats {
                true => "would not be heard between two attempts",
                false => "would be asked by each of the runs",
            };
            diagnostics.push(
                Diagnostic::at(
                    planned.attribute.span(),
                    format_args!("`#[{name}]` below `#[{outer_name}]` {why}"),
                )
                .help(format_args!("move it up:\n{}", moved_above(plan, planned, outer))),
            );
        }
    }
}

/// A fallback hides failures from who stands above and looks for them.
pub(crate) fn check_fallback_outside(plan: &Plan, diagnostics: &Diagnostics) {
    for (at, planned) in plan.layers.iter().enumerate() {
        let judge = plan.layers.iter().take(at).position(|outer| outer.facts.judges);
        if let (true, Some(judge)) = (planned.facts.replaces_errors, judge) {
            let (name, judge_name) = (planned.layer.name(), plan.layers[judge].layer.name());
            diagnostics.push(
                Diagnostic::at(
                    planned.attribute.span(),
                    format_args!("`#[{name}]` below `#[{judge_name}]` would hide every failure from it"),
                )
                .help(format_args!("move it up:\n{}", moved_above(plan, planned, judge))),
            );
        }
    }
}

/// A slot that is held while a retry sleeps is a slot that nobody uses.
pub(crate) fn check_places(plan: &Plan, diagnostics: &Diagnostics) {
    for (at, planned) in plan.layers.iter().enumerate() {
        let repeater = plan.layers.iter().skip(at + 1).find(|inner| inner.facts.repeats);
        if let (Some(option), None, true) = (&planned.facts.across_repeats, repeater, plan.complete) {
            diagnostics.push(
                Diagnostic::at(
                    option.span(),
                    format_args!("`{option}` says nothing: no `#[retry]` stands below"),
                )
                .help("leave it out"),
            );
        }
        if let (true, Some(repeater)) = (planned.facts.holds_place, repeater) {
            let (name, inner) = (planned.layer.name(), repeater.layer.name());
            diagnostics.push(
                Diagnostic::at(
                    planned.attribute.span(),
                    format_args!("`#[{name}]` above `#[{inner}]` would hold its slot between attempts too"),
                )
                .help(format_args!(
                    "move it down, or write `across_retries` where that is meant:\n{}",
                    moved_below(plan, planned, repeater)
                )),
            );
        }
    }
}

/// A timeout drops what is below it, and a breaker there takes a dropped call for none at all.
pub(crate) fn check_abandoned(plan: &Plan, diagnostics: &Diagnostics) {
    for (at, breaker) in plan.layers.iter().enumerate() {
        // A span in between watches, and changes nothing.
        let mut above = plan.layers.iter().take(at).rev();
        if breaker.facts.ignores_abandoned
            && let Some(timeout) = above.find(|outer| !outer.facts.watches_attempts)
            && timeout.facts.stop == Some(Stop::TimedOut)
        {
            let (outer, name) = (timeout.layer.name(), breaker.layer.name());
            diagnostics.push(
                Diagnostic::at(
                    timeout.attribute.span(),
                    format_args!("`#[{outer}]` directly above `#[{name}]` would hide every timeout from it"),
                )
                .help(format_args!(
                    "move it down, or write `abandoned = failure` in `#[{name}(…)]`:\n{}",
                    moved_below(plan, timeout, breaker)
                )),
            );
        }
    }
}

/// What is not async has nothing below it but the body.
pub(crate) fn check_innermost(plan: &Plan, diagnostics: &Diagnostics) {
    if let Some((_, others)) = plan.layers.split_last()
        && let Some(planned) = others.iter().find(|planned| planned.facts.sync_body)
        && let Some(last) = plan.layers.last()
        && !last.facts.sync_body
    {
        let name = planned.layer.name();
        diagnostics.push(
            Diagnostic::at(
                planned.attribute.span(),
                format_args!("`#[{name}]` acts on the body itself: nothing can stand between"),
            )
            .help(format_args!(
                "move it down:\n{}",
                moved_below(plan, planned, last)
            )),
        );
    }
}

/// The stack, one attribute a line, with `planned` moved above the layer at `target`.
fn moved_above(plan: &Plan, planned: &Planned, target: usize) -> String {
    moved(plan, planned, &plan.layers[target], |planned, target| {
        [planned, target]
    })
}

/// The same with `planned` moved below `target`.
fn moved_below(plan: &Plan, planned: &Planned, target: &Planned) -> String {
    moved(plan, planned, target, |planned, target| [target, planned])
}

fn moved<'a>(
    plan: &'a Plan,
    planned: &'a Planned,
    target: &'a Planned,
    order: impl Fn(&'a Planned, &'a Planned) -> [&'a Planned; 2],
) -> String {
    let is = |one: &Planned, other: &Planned| std::ptr::eq(one, other);
    let mut stack: Vec<&Planned> = Vec::new();
    for other in plan.layers.iter().filter(|other| !is(other, planned)) {
        match is(other, target) {
            true => stack.extend(order(planned, target)),
            false => stack.push(other),
        }
    }
    let line = |planned: &&Planned| format!("    #[{}(…)]", planned.layer.name());
    stack.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `tracing::instrument` acts on the body before any of ours: above a layer that repeats, it reads as one span and is many.
pub(crate) fn check_instrumented(plan: &Plan, diagnostics: &Diagnostics) {
    if let Some(planned) = plan
        .layers
        .iter()
        .find(|planned| planned.instrumented && planned.facts.repeats)
    {
        let name = planned.layer.name();
        diagnostics.push(
            Diagnostic::at(
                planned.attribute.span(),
                format_args!("`#[tracing::instrument]` above `#[{name}]` would open one span per attempt"),
            )
            .help(format_args!(
                "write `#[instrument_task(…)]` in its place, which takes the same options, for one span around all attempts; \
                 for one span per attempt move it below `#[{name}]`"
            )),
        );
    }
}

/// Never wait forever: what goes on without a bound needs one around it.
pub(crate) fn check_bounded(plan: &Plan, diagnostics: &Diagnostics) {
    for (at, planned) in plan.layers.iter().enumerate() {
        let Some(endless) = &planned.facts.endless else {
            continue;
        };
        // The bound may be the layer whose options could not be read.
        if !plan.complete || plan.layers.iter().take(at).any(|outer| outer.facts.bounds) {
            continue;
        }
        let name = planned.layer.name();
        let total = if plan.repeater().is_some() { ", total" } else { "" };
        let error = match &endless.word {
            Some(word) => Diagnostic::at(word.span(), "`forever` needs something that can end it"),
            None => Diagnostic::at(
                planned.attribute.span(),
                format_args!("a call may wait for ever in `#[{name}]`, and nothing here ends that"),
            ),
        };
        diagnostics.push(error.help(format_args!(
            "put `#[cancellable]` or `#[with_timeout(30s{total})]` above, or {}",
            endless.help
        )));
    }
}

/// Literal times that cannot all be meant.
pub(crate) fn check_times(plan: &Plan, diagnostics: &Diagnostics) {
    let Some(repeater) = plan.repeater() else { return };
    let total = plan
        .layers
        .iter()
        .take(repeater)
        .filter_map(|outer| outer.facts.limit.as_ref())
        .next();
    let Some(total) = total else { return };
    let repeats = &plan.layers[repeater].facts;
    let attempt = plan
        .layers
        .iter()
        .skip(repeater + 1)
        .find_map(|inner| inner.facts.limit.as_ref());
    let rows = [
        (
            attempt,
            "one attempt may take as long as all together",
            "an attempt's limit is shorter than the total",
        ),
        (
            repeats.shortest_delay.as_ref(),
            "no second attempt fits",
            "a delay is shorter than the total limit",
        ),
        (
            repeats.max_elapsed.as_ref(),
            "`max_elapsed` never ends anything here",
            "`max_elapsed` is shorter than the total limit",
        ),
    ];
    for (inner, consequence, rule) in rows {
        if let Some(inner) = inner.filter(|inner| inner.value >= total.value) {
            diagnostics.push(
                Diagnostic::on(
                    &inner.written,
                    format_args!("{rule} of `{}`: {consequence}", total.written),
                )
                .help("shorten this one or lengthen the total"),
            );
        }
    }
}

/// An option about stops of a layer below, with no such layer below.
pub(crate) fn check_about_below(plan: &Plan, diagnostics: &Diagnostics) {
    for (at, planned) in plan.layers.iter().enumerate() {
        for (option, stop) in &planned.facts.about_below {
            if plan.complete
                && !plan
                    .layers
                    .iter()
                    .skip(at + 1)
                    .any(|inner| inner.facts.stop == Some(*stop))
            {
                let (what, how) = match stop {
                    Stop::TimedOut => (
                        "time out",
                        "put `#[with_timeout(2s, attempt)]` below, or leave it out",
                    ),
                    Stop::Refused => ("refuse", "leave it out"),
                    Stop::Cancelled => ("be cancelled", "leave it out"),
                };
                diagnostics.push(
                    Diagnostic::at(
                        option.span(),
                        format_args!("`{option}` says nothing: no layer below can {what}"),
                    )
                    .help(how),
                );
            }
        }
    }
}
