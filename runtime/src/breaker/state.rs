//! A circuit to look at, to operate by hand, and to call through without an attribute.

use std::time::Duration;

use super::{
    CircuitBreaker,
    circuit::{Kind, Refusal, Tally},
    judge::Judged,
    permit::{self, Permit},
};
use crate::{CircuitOpen, clock, telemetry::Change};

/// What a [`CircuitBreaker`] does with the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CircuitState {
    /// It is let through.
    Closed,
    /// It is refused; or, if the time is over, the first to find out whether that still is right.
    Open,
    /// It is let through if it is among the first few, and refused otherwise.
    HalfOpen,
}

impl CircuitBreaker {
    /// What it does with the next call.
    #[must_use]
    pub fn state(&self) -> CircuitState {
        match self.circuit.kind() {
            Kind::Closed | Kind::ForcedClosed => CircuitState::Closed,
            Kind::Open | Kind::ForcedOpen => CircuitState::Open,
            Kind::HalfOpen => CircuitState::HalfOpen,
        }
    }

    /// Whether it was put into its state by hand, and stays in it.
    #[must_use]
    pub fn is_forced(&self) -> bool {
        matches!(self.circuit.kind(), Kind::ForcedOpen | Kind::ForcedClosed)
    }

    /// How many results it looks at now. With [`consecutive`](Self::consecutive), the failures
    /// since the last success. 0 unless it is closed.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.tallies().0.calls
    }

    /// How many of them are failures.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.tallies().0.bad
    }

    /// How many of the last calls were slow. 0 unless [`slow_call`](Self::slow_call) is set.
    #[must_use]
    pub fn slow(&self) -> u32 {
        self.tallies().1.bad
    }

    /// Failures and slow calls together: how much there is to forget.
    pub(super) fn seen(&self) -> u32 {
        let (failures, slow) = self.tallies();
        failures.bad.saturating_add(slow.bad)
    }

    /// Whether nobody has called it for as long again as it was open.
    pub(super) fn is_left_alone(&self) -> bool {
        self.circuit.is_left_alone(clock::now)
    }

    fn tallies(&self) -> (Tally, Tally) {
        self.circuit.tallies(&self.settings, clock::now)
    }

    /// How long it refuses all calls from now. `None` unless it is open, and where it was opened by
    /// hand; zero if the next call is let through.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        self.circuit.time_left(clock::now).map(Duration::from_nanos)
    }

    /// Refuses all calls until [`reset`](Self::reset) or [`force_closed`](Self::force_closed).
    pub fn force_open(&self) {
        self.force(Kind::ForcedOpen, Change::ForcedOpen);
    }

    /// Lets all calls through, whatever comes of them, until [`reset`](Self::reset) or
    /// [`force_open`](Self::force_open).
    pub fn force_closed(&self) {
        self.force(Kind::ForcedClosed, Change::ForcedClosed);
    }

    /// Closes it as if it were new. What comes of the calls that are running is not looked at.
    pub fn reset(&self) {
        self.force(Kind::Closed, Change::ForcedClosed);
    }

    fn force(&self, kind: Kind, change: Change) {
        let before = self.circuit.kind();
        self.circuit.force(&self.settings, kind);
        if before != kind {
            self.changed(change);
        }
    }

    /// Changes the [`failure_rate`](Self::failure_rate), from the next result on.
    pub fn set_failure_rate(&self, rate: f64) {
        self.settings.set_failure_rate(rate);
    }

    /// Changes the [`slow_rate`](Self::slow_rate), from the next result on.
    pub fn set_slow_rate(&self, rate: f64) {
        self.settings.set_slow_rate(rate);
    }

    /// Changes the [`min_calls`](Self::min_calls), from the next result on.
    pub fn set_min_calls(&self, calls: u32) {
        self.settings.set_min_calls(calls);
    }

    /// Changes [`open_for`](Self::open_for), from the next opening on.
    pub fn set_open_for(&self, time: Duration) {
        self.settings.set_open_for(time);
    }

    /// Asks whether a call may go ahead; `operation` is what an error is to name.
    ///
    /// What comes of it goes to the permit. A permit that is dropped says that the call was abandoned.
    ///
    /// ```
    /// use etiquette::{CircuitBreaker, Stopped};
    ///
    /// async fn fetch(breaker: &CircuitBreaker) -> Result<u32, Stopped> {
    ///     let permit = breaker.admit("fetch")?;
    ///     match ask().await {
    ///         Ok(answer) => {
    ///             permit.succeeded();
    ///             Ok(answer)
    ///         }
    ///         Err(_) => {
    ///             permit.failed();
    ///             Ok(0)
    ///         }
    ///     }
    /// }
    /// # async fn ask() -> Result<u32, ()> { Err(()) }
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let breaker = CircuitBreaker::new().consecutive(1);
    /// assert_eq!(fetch(&breaker).await, Ok(0));
    /// assert!(fetch(&breaker).await.unwrap_err().is_refusal());
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The circuit is open, or half-open and being probed.
    #[inline]
    pub fn admit(&self, operation: &'static str) -> Result<CircuitPermit<'_>, CircuitOpen> {
        match permit::admit(self, operation) {
            Ok(admitted) => {
                let permit = Permit::new(self, admitted);
                permit.begin();
                Ok(CircuitPermit(permit))
            }
            Err(refused) => Err(refused.of(operation)),
        }
    }
}

/// A call that a [`CircuitBreaker`] let through, and that is to say what came of it.
#[derive(Debug)]
#[must_use = "a permit that is dropped says that the call was abandoned"]
pub struct CircuitPermit<'a>(Permit<&'a CircuitBreaker>);

impl CircuitPermit<'_> {
    /// The other side did what it is there for.
    #[inline]
    pub fn succeeded(self) {
        self.0.record(Judged::Success);
    }

    /// The other side did not.
    #[inline]
    pub fn failed(self) {
        self.0.record(Judged::Failure);
    }

    /// What came of it says nothing about the other side.
    #[inline]
    pub fn ignored(self) {
        self.0.record(Judged::Ignored);
    }
}

impl Refusal {
    /// How long to wait, where anyone can know.
    pub(super) fn retry_after(self) -> Option<Duration> {
        match self {
            Self::Open(left) => Some(Duration::from_nanos(left)),
            Self::Probing | Self::Forced => None,
        }
    }
}
