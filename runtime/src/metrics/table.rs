//! The metrics: their names and all that their labels can say. The table in `guide/telemetry.md` is this one, and a test
//! compares them.

use metrics::{KeyName, Unit, with_recorder};

/// What kind of metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Counter,
    Gauge,
    Histogram,
}

/// One metric.
#[derive(Debug)]
pub(super) struct Metric {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) unit: Unit,
    /// The label that says whose it is.
    pub(super) by: &'static str,
    /// The other label; empty: there is none.
    pub(super) label: &'static str,
    /// All that the other label can say.
    pub(super) values: &'static [&'static str],
    pub(super) help: &'static str,
}

macro_rules! metrics {
    ($(
        $id:ident: $kind:ident $name:literal, $unit:ident, $by:literal $(, $label:literal = [$($value:literal),*])?;
        $help:literal;
    )*) => {
        /// The place of a metric in the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Id { $($id),* }

        pub(super) static METRICS: [Metric; [$(Id::$id),*].len()] = [$(Metric {
            name: $name,
            kind: Kind::$kind,
            unit: Unit::$unit,
            by: $by,
            label: concat!($($label)?),
            values: &[$($($value),*)?],
            help: $help,
        }),*];
    };
}

metrics! {
    Calls: Counter "etiquette_calls_total", Count, "operation",
        "outcome" = ["ok", "error", "timed_out", "cancelled", "refused", "dropped", "panicked"];
    "calls of a function with `#[instrument_task]` that are over, by how they ended";

    CallSeconds: Histogram "etiquette_call_seconds", Seconds, "operation";
    "how long those calls took, all layers below included";

    InFlight: Gauge "etiquette_in_flight", Count, "operation";
    "calls of a function with `#[instrument_task]` that have begun and are not over";

    SlowPolls: Counter "etiquette_slow_polls_total", Count, "operation";
    "polls that held the executor for longer than `slow_poll(…)` says";

    Retries: Counter "etiquette_retries_total", Count, "operation",
        "reason" = ["error", "hint", "timed_out", "refused"];
    "further attempts that were decided on, by what they follow: an error, one that said when to come back, an attempt's timeout, a refusal";

    RetrySuccesses: Counter "etiquette_retry_successes_total", Count, "operation";
    "calls that succeeded with an attempt after the first";

    RetryFailures: Counter "etiquette_retry_failures_total", Count, "operation",
        "reason" = ["permanent", "attempts", "hint", "elapsed", "deadline", "budget", "off"];
    "failures that were not tried again, by why; the words of the span's `gave_up`";

    BudgetTokens: Gauge "etiquette_budget_tokens", Count, "operation";
    "what the retry budget of the operation held when it was last drawn on or paid into; not by key";

    BudgetExhausted: Counter "etiquette_budget_exhausted_total", Count, "operation";
    "how often a budget ran out, having been half full in between";

    CircuitState: Gauge "etiquette_circuit_state", Count, "circuit",
        "state" = ["closed", "half_open", "open"];
    "1 for the state that the circuit is in, 0 for the others; from its first change on; not by key, and not of a circuit without a name";

    CircuitTransitions: Counter "etiquette_circuit_transitions_total", Count, "circuit",
        "to" = ["closed", "half_open", "open"];
    "changes of state, by hand too; of all keys together";

    Refusals: Counter "etiquette_refusals_total", Count, "operation",
        "reason" = ["circuit_open", "at_capacity", "rate_limited"];
    "calls that a layer turned away";

    Waiting: Gauge "etiquette_waiting", Count, "operation",
        "limit" = ["concurrency_limit", "rate_limit"];
    "calls that are in line for a slot or for their turn";

    WaitSeconds: Histogram "etiquette_wait_seconds", Seconds, "operation",
        "limit" = ["concurrency_limit", "rate_limit"];
    "how long calls were in line, in vain or not; who need not wait is not in it";

    Timeouts: Counter "etiquette_timeouts_total", Count, "operation",
        "kind" = ["call", "total", "attempt", "inherited"];
    "limits that passed, by what they were set on";

    Cancellations: Counter "etiquette_cancellations_total", Count, "operation";
    "calls that left when asked";

    Hedges: Counter "etiquette_hedges_total", Count, "operation",
        "reason" = ["slow", "failed"];
    "runs beside or after the first, by why";

    HedgeWins: Counter "etiquette_hedge_wins_total", Count, "operation";
    "calls whose answer came from a run after the first";

    Fallbacks: Counter "etiquette_fallbacks_total", Count, "operation";
    "errors that were replaced";

    Detached: Counter "etiquette_detached_total", Count, "operation";
    "shielded calls that went on without their caller";

    QueueFill: Gauge "etiquette_queue_fill", Count, "queue";
    "how full a bounded queue is, from 0 to 1; named by the file and line that made it";
}

/// Tells the recorder that is installed what each metric is: units and help texts, where it shows them.
pub(crate) fn describe() {
    with_recorder(|recorder| {
        for metric in &METRICS {
            let name = KeyName::from_const_str(metric.name);
            let (unit, help) = (Some(metric.unit), metric.help.into());
            match metric.kind {
                Kind::Counter => recorder.describe_counter(name, unit, help),
                Kind::Gauge => recorder.describe_gauge(name, unit, help),
                Kind::Histogram => recorder.describe_histogram(name, unit, help),
            }
        }
    });
}
