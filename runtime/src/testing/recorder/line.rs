//! The lines of a recorder: how an event reads, and how two lists of them are shown when they differ.

use crate::telemetry::{Change, Event, Line, Refusal};

/// The last part of an operation's name.
pub(super) fn short(operation: &str) -> &str {
    match operation.rsplit_once("::") {
        Some((_, last)) if !last.is_empty() => last,
        _ => operation,
    }
}

/// What was done, in words. `None` for what only a gauge is told.
pub(super) fn of(event: &Event<'_>) -> Option<String> {
    Some(match *event {
        Event::Ended { outcome } => format!("ended: {outcome}"),
        Event::Slow { elapsed, .. } => format!("still running after {elapsed:?}"),
        Event::SlowPoll { held, .. } => format!("a poll held the executor for {held:?}"),
        Event::Attempt { number } => format!("attempt {number}"),
        Event::Retrying {
            delay, cause, error, ..
        } => {
            let cause = cause.name();
            match error.is_none() {
                true => format!("retry in {delay:?} after {cause}"),
                false => format!("retry in {delay:?} after {cause}: {error}"),
            }
        }
        Event::Recovered { attempts } => format!("recovered with attempt {attempts}"),
        Event::GaveUp { attempts, why, .. } => format!("gave up after attempt {attempts}: {}", why.name()),
        Event::CutShort { attempts, error } => {
            format!("cut short in attempt {attempts}, last error: {error}")
        }
        Event::BudgetExhausted { .. } => "retry budget exhausted".to_owned(),
        Event::Refused { by, retry_after } => {
            let by = match by {
                Refusal::CircuitOpen => "circuit open",
                Refusal::AtCapacity => "at capacity",
                Refusal::RateLimited => "rate limit reached",
            };
            match retry_after {
                Some(wait) => format!("refused: {by}, retry after {wait:?}"),
                None => format!("refused: {by}"),
            }
        }
        Event::Waited { at, waited, served } => {
            let what = match at {
                Line::ConcurrencyLimit => "a slot",
                Line::RateLimit => "its turn",
            };
            match served {
                true => format!("waited {waited:?} for {what}"),
                false => format!("waited {waited:?} for {what} in vain"),
            }
        }
        Event::TimedOut { kind, limit, .. } => {
            let kind = crate::telemetry::kind_name(kind);
            match limit {
                Some(limit) => format!("timed out after {limit:?} ({kind})"),
                None => format!("timed out at its deadline ({kind})"),
            }
        }
        Event::Cancelled { reason: None } => "cancelled".to_owned(),
        Event::Cancelled { reason: Some(reason) } => format!("cancelled: {reason}"),
        Event::Hedged { run, failed: true } => format!("hedge: run {run}, as one failed"),
        Event::Hedged { run, failed: false } => format!("hedge: run {run}, as it takes long"),
        Event::HedgeWon => "hedge: a further run won".to_owned(),
        Event::FellBack => "fell back".to_owned(),
        Event::Detached => "shielded: the caller left".to_owned(),
        Event::Circuit { to, .. } => match to {
            Change::Opened(open_for) => format!("circuit opened for {open_for:?}"),
            Change::HalfOpened => "circuit half-open".to_owned(),
            Change::Closed => "circuit closed".to_owned(),
            Change::ForcedOpen => "circuit opened by hand".to_owned(),
            Change::ForcedClosed => "circuit closed by hand".to_owned(),
        },
        Event::Budget { .. } | Event::InLine { .. } => return None,
    })
}

/// Both lists in one: what is there and was not expected with `+`, what was expected and is not there with `-`.
pub(super) fn diff(found: &[String], expected: &[String]) -> String {
    // The longest common subsequence, from the end; lists of tests are short.
    let mut common = vec![vec![0_usize; found.len() + 1]; expected.len() + 1];
    for (i, line) in expected.iter().enumerate().rev() {
        for (j, other) in found.iter().enumerate().rev() {
            common[i][j] = match line == other {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut text = String::from("  (- expected, + found)\n");
    while i < expected.len() || j < found.len() {
        let (sign, line) = if i < expected.len() && j < found.len() && expected[i] == found[j] {
            (i, j) = (i + 1, j + 1);
            (' ', &expected[i - 1])
        } else if j == found.len() || (i < expected.len() && common[i + 1][j] >= common[i][j + 1]) {
            i += 1;
            ('-', &expected[i - 1])
        } else {
            j += 1;
            ('+', &found[j - 1])
        };
        text.push_str(&format!("{sign} {line}\n"));
    }
    text
}
