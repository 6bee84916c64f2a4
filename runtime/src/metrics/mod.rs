//! What layers tell, as metrics of the `metrics` facade. The page of [`crate::telemetry`] has the table.

mod handles;
mod listener;
mod queue;
mod table;

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

pub(crate) use self::{handles::Handles, listener::is_counted, queue::QueueFill, table::describe};
use self::{
    listener::with_listener,
    table::{Id, METRICS},
};
use crate::telemetry::{Change, Event, Line, Refusal, kind_name};

/// What is counted under a name: that of an operation or a circuit, or where a queue is made. There are as many as the
/// program has such places.
pub(crate) fn handles(of: impl Into<Cow<'static, str>>) -> Arc<Handles> {
    static KNOWN: LazyLock<RwLock<HashMap<Cow<'static, str>, Arc<Handles>>>> = LazyLock::new(RwLock::default);
    let of = of.into();
    // A panic cannot leave the map half changed, so one elsewhere is no reason to stop.
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(handles) = known.get(&of) {
        return Arc::clone(handles);
    }
    drop(known);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    let handles = known
        .entry(of.clone())
        .or_insert_with(|| Arc::new(Handles::new(of)));
    Arc::clone(handles)
}

/// Counts what a layer of `operation` did.
pub(crate) fn tell(operation: &'static str, event: &Event<'_>) {
    if !is_counted() {
        return;
    }
    let it = || handles(operation);
    match *event {
        Event::SlowPoll { .. } => it().count(Id::SlowPolls, ""),
        Event::Retrying { cause, .. } => it().count(Id::Retries, cause.name()),
        Event::Recovered { .. } => it().count(Id::RetrySuccesses, ""),
        Event::GaveUp { why, .. } => it().count(Id::RetryFailures, why.name()),
        Event::BudgetExhausted { .. } => it().count(Id::BudgetExhausted, ""),
        Event::Budget { tokens } => it().set(Id::BudgetTokens, "", tokens.into()),
        Event::Refused { by, .. } => it().count(Id::Refusals, refusal(by)),
        Event::InLine { at, more } => it().add(Id::Waiting, line(at), if more { 1.0 } else { -1.0 }),
        Event::Waited { at, waited, .. } => it().record(Id::WaitSeconds, line(at), waited),
        Event::TimedOut { kind, .. } => it().count(Id::Timeouts, kind_name(kind)),
        Event::Cancelled { .. } => it().count(Id::Cancellations, ""),
        Event::Hedged { failed, .. } => it().count(Id::Hedges, if failed { "failed" } else { "slow" }),
        Event::HedgeWon => it().count(Id::HedgeWins, ""),
        Event::FellBack => it().count(Id::Fallbacks, ""),
        Event::Detached => it().count(Id::Detached, ""),
        // Nor does one speak for the others of those that have no name.
        Event::Circuit { to, keyed } => circuit(&it(), to, keyed || operation.is_empty()),
        // Counted where the call is; and what is told of a cut retry is counted as the timeout that cut it.
        Event::Ended { .. } | Event::Slow { .. } | Event::Attempt { .. } | Event::CutShort { .. } => {}
    }
}

fn circuit(circuit: &Handles, to: Change, one_of_many: bool) {
    let to = match to {
        Change::Opened(_) | Change::ForcedOpen => "open",
        Change::HalfOpened => "half_open",
        Change::Closed | Change::ForcedClosed => "closed",
    };
    circuit.count(Id::CircuitTransitions, to);
    // Of the circuits of many keys none speaks for the others.
    if !one_of_many {
        for state in METRICS[Id::CircuitState as usize].values {
            circuit.set(Id::CircuitState, state, if *state == to { 1.0 } else { 0.0 });
        }
    }
}

const fn refusal(by: Refusal) -> &'static str {
    match by {
        Refusal::CircuitOpen => "circuit_open",
        Refusal::AtCapacity => "at_capacity",
        Refusal::RateLimited => "rate_limited",
    }
}

const fn line(at: Line) -> &'static str {
    match at {
        Line::ConcurrencyLimit => "concurrency_limit",
        Line::RateLimit => "rate_limit",
    }
}

#[cfg(test)]
mod tests;
