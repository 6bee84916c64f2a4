//! The events a circuit logs. Without the `tracing` feature there are none.

use std::time::Duration;

use super::circuit::Change;

#[cold]
pub(super) fn changed(circuit: &'static str, change: Change) {
    #[cfg(feature = "tracing")]
    match change {
        Change::Opened(nanos) => tracing::warn!(
            target: "etiquette::circuit_breaker",
            circuit,
            open_for = ?Duration::from_nanos(nanos),
            "circuit opened: calls are refused",
        ),
        Change::HalfOpened => tracing::info!(
            target: "etiquette::circuit_breaker",
            circuit,
            "circuit half-open: a few calls are let through",
        ),
        Change::Closed => tracing::info!(
            target: "etiquette::circuit_breaker",
            circuit,
            "circuit closed",
        ),
    }
    #[cfg(not(feature = "tracing"))]
    match change {
        Change::Opened(nanos) => drop((circuit, Duration::from_nanos(nanos))),
        Change::HalfOpened | Change::Closed => {}
    }
}
