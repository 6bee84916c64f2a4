//! What a layer can have done.

use std::time::Duration;

use crate::{
    Reason, TimeoutKind,
    probe::Text,
    retry::{Cause, Why},
};

/// What a layer did. Which operation it belongs to is told beside it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
#[cfg_attr(
    not(all(feature = "tracing", feature = "metrics", feature = "test-util")),
    allow(dead_code, reason = "each listener reads what is for it")
)]
pub(crate) enum Event<'a> {
    /// `#[instrument_task]`: the call is over.
    Ended {
        outcome: &'static str,
    },
    /// `#[instrument_task(slow(…))]`: the call is still running.
    Slow {
        file: &'static str,
        line: u32,
        elapsed: Duration,
    },
    /// `#[instrument_task(slow_poll(…))]`: one poll held the executor for long.
    SlowPoll {
        file: &'static str,
        line: u32,
        held: Duration,
    },
    /// `#[retry]`: a run of the body begins.
    Attempt {
        number: u32,
    },
    /// `#[retry]`: attempt `failed` failed, and another follows.
    Retrying {
        failed: u32,
        delay: Duration,
        cause: Cause,
        error: Text<'a>,
    },
    /// `#[retry]`: an attempt that was not the first succeeded.
    Recovered {
        attempts: u32,
    },
    /// `#[retry]`: the last failure is final.
    GaveUp {
        attempts: u32,
        why: Why,
        error: Text<'a>,
    },
    /// `#[with_timeout]` above `#[retry]`: the last real error, which the limit hides.
    CutShort {
        attempts: u32,
        error: &'a str,
    },
    /// A budget has too few tokens, for the first time since it was half full.
    BudgetExhausted {
        capacity: u32,
    },
    /// What a budget holds now.
    Budget {
        tokens: u32,
    },
    /// A layer turned the call away.
    Refused {
        by: Refusal,
        retry_after: Option<Duration>,
    },
    /// A call is in line for its turn.
    InLine {
        at: Line,
        more: bool,
    },
    /// A call was in line for so long; whether it got its turn.
    Waited {
        at: Line,
        waited: Duration,
        served: bool,
    },
    TimedOut {
        kind: TimeoutKind,
        limit: Option<Duration>,
        attempts: u32,
    },
    Cancelled {
        reason: Option<&'a Reason>,
    },
    /// `#[hedge]`: a further run, counted from 2, because one failed or because it takes long.
    Hedged {
        run: u32,
        failed: bool,
    },
    /// `#[hedge]`: a further run was the first to succeed.
    HedgeWon,
    /// `#[fallback]`: an error was replaced.
    FellBack,
    /// `#[shield]`: whoever called it left, and the work goes on.
    Detached,
    /// A circuit, whose name stands for the operation, changed its state. One of many, if it belongs to a key.
    Circuit {
        to: Change,
        keyed: bool,
    },
}

/// Which layer turned a call away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    CircuitOpen,
    AtCapacity,
    RateLimited,
}

/// Where a call waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    ConcurrencyLimit,
    RateLimit,
}

/// What became of a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Opened(Duration),
    HalfOpened,
    Closed,
    /// By hand.
    ForcedOpen,
    /// By hand, or it was reset.
    ForcedClosed,
}

/// How a kind of timeout is called in events and metrics.
#[cfg(any(feature = "tracing", feature = "metrics", feature = "test-util"))]
pub(crate) const fn kind_name(kind: TimeoutKind) -> &'static str {
    match kind {
        TimeoutKind::Call => "call",
        TimeoutKind::Total => "total",
        TimeoutKind::Attempt => "attempt",
        TimeoutKind::Inherited => "inherited",
    }
}
