//! The events that are logged: the names here are those of the table in `guide/telemetry.md`, and a test compares them.

use tracing::{debug, error, info, warn};

use super::{Change, Event, Line, Refusal, kind_name};
use crate::retry::Why;

/// Logs what a layer of `operation` did.
#[allow(
    clippy::too_many_lines,
    reason = "one event after the other, each a callsite of its own"
)]
pub(super) fn tell(operation: &'static str, event: &Event<'_>) {
    match *event {
        Event::Retrying {
            failed: attempt,
            delay,
            error,
            ..
        } => match error.is_none() {
            true => warn!(target: "etiquette::retry", operation, attempt, ?delay, "retrying"),
            false => warn!(target: "etiquette::retry", operation, attempt, ?delay, %error, "retrying"),
        },
        Event::Slow { file, line, elapsed } => {
            warn!(target: "etiquette::instrument_task", operation, file, line, ?elapsed, "still running")
        }
        Event::SlowPoll { file, line, held } => warn!(
            target: "etiquette::instrument_task",
            operation, file, line, ?held,
            "a poll held the executor",
        ),
        Event::GaveUp { attempts, why, error } => gave_up(operation, attempts, why, error),
        Event::CutShort { attempts, error } => warn!(
            target: "etiquette::retry",
            operation, attempts, error,
            "the limit passed while retrying; this was the last error",
        ),
        Event::BudgetExhausted { capacity } => warn!(
            target: "etiquette::retry",
            operation, capacity,
            "retry budget exhausted: failures are final until it has refilled",
        ),
        Event::Refused { by, retry_after } => {
            let retry_after = retry_after.map(tracing::field::debug);
            match by {
                Refusal::CircuitOpen => {
                    debug!(target: "etiquette::circuit_breaker", operation, retry_after, "refused: circuit open")
                }
                Refusal::AtCapacity => {
                    debug!(target: "etiquette::concurrency_limit", operation, retry_after, "refused: at capacity")
                }
                Refusal::RateLimited => {
                    debug!(target: "etiquette::rate_limit", operation, retry_after, "refused: rate limit reached")
                }
            }
        }
        Event::Waited { at, waited, served } => match at {
            Line::ConcurrencyLimit => {
                debug!(target: "etiquette::concurrency_limit", operation, ?waited, served, "was in line")
            }
            Line::RateLimit => {
                debug!(target: "etiquette::rate_limit", operation, ?waited, served, "was in line")
            }
        },
        Event::TimedOut {
            kind,
            limit,
            attempts,
        } => {
            let limit = limit.map(tracing::field::debug);
            debug!(target: "etiquette::with_timeout", operation, kind = kind_name(kind), limit, attempts, "timed out")
        }
        Event::Cancelled { reason } => {
            let reason = reason.map(tracing::field::display);
            debug!(target: "etiquette::cancellable", operation, reason, "cancelled")
        }
        Event::Hedged { run, failed } => {
            let because = if failed { "failed" } else { "slow" };
            debug!(target: "etiquette::hedge", operation, run, because, "a further run")
        }
        Event::HedgeWon => debug!(target: "etiquette::hedge", operation, "a further run won"),
        Event::FellBack => warn!(target: "etiquette::fallback", operation, "fell back"),
        Event::Detached => {
            debug!(target: "etiquette::shield", operation, "the caller left, and the work goes on")
        }
        Event::Circuit { to, .. } => circuit(operation, to),
        // A span says how a call ended and which attempt it is at; the others are for gauges.
        Event::Ended { .. }
        | Event::Attempt { .. }
        | Event::Recovered { .. }
        | Event::Budget { .. }
        | Event::InLine { .. } => {}
    }
}

/// What is not worth another attempt is the caller's to judge; what was, and got none, is an error.
fn gave_up(operation: &'static str, attempts: u32, why: Why, error: crate::probe::Text<'_>) {
    let error = (!error.is_none()).then(|| tracing::field::display(error));
    let why = why.name();
    match why {
        "permanent" => {
            debug!(target: "etiquette::retry", operation, attempts, why, error, "not tried again")
        }
        _ => error!(target: "etiquette::retry", operation, attempts, why, error, "gave up"),
    }
}

fn circuit(circuit: &'static str, to: Change) {
    match to {
        Change::Opened(open_for) => error!(
            target: "etiquette::circuit_breaker",
            circuit, ?open_for,
            "circuit opened: calls are refused",
        ),
        Change::HalfOpened => warn!(
            target: "etiquette::circuit_breaker",
            circuit,
            "circuit half-open: a few calls are let through",
        ),
        Change::Closed => info!(target: "etiquette::circuit_breaker", circuit, "circuit closed"),
        Change::ForcedOpen => {
            warn!(target: "etiquette::circuit_breaker", circuit, "circuit opened by hand: calls are refused")
        }
        Change::ForcedClosed => {
            info!(target: "etiquette::circuit_breaker", circuit, "circuit closed by hand")
        }
    }
}
