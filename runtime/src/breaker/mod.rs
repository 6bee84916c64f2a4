//! `#[circuit_breaker]`: calls to what keeps failing are refused for a while, and then tried again
//! with a few.

mod circuit;
mod judge;
mod keyed;
mod options;
mod permit;
mod settings;
mod shim;
mod state;
mod sync;
mod window;

use std::time::Duration;

use self::{
    circuit::{Circuit, Refusal, Stamp},
    settings::Settings,
};
pub use self::{
    judge::{Judged, by_default, can_fail, when},
    keyed::{KeyedCircuitBreaker, of_key},
    permit::{Permit, admit, breaker},
    state::{CircuitPermit, CircuitState},
    window::WindowOf,
};
use crate::{
    clock,
    telemetry::{self, Event},
};

/// A circuit that opens when too many calls fail, so that what is down is left alone and those who
/// call it get their answer at once.
///
/// **Closed**, it lets every call through and looks at the last results: 100, or those of a
/// [time](Self::window_time). It opens with the result that makes half of them failures, once there
/// are at least 20; every result is looked at, successes too, since one may be the 20th.
/// **Open**, it refuses all calls for 30 seconds with [`CircuitOpen`](crate::CircuitOpen).
/// **Half-open**, it lets 3 calls through, and refuses the others until these are back: if all
/// succeed it closes, with an empty window; with the first that fails it opens again, for twice as
/// long each time, up to 5 minutes.
///
/// A call that is dropped on its way says nothing, and another may take its place among the 3;
/// [`abandoned_is_failure`](Self::abandoned_is_failure) makes it a failure. A result that began in an
/// earlier state is not looked at.
///
/// Each function with `#[circuit_breaker]` has its own. To share one between functions that call the
/// same service, or to see what it does, make it a static:
///
/// ```
/// use etiquette::{CircuitBreaker, CircuitState};
/// use std::time::Duration;
///
/// static PAYMENTS: CircuitBreaker = CircuitBreaker::new()
///     .name("payments")
///     .failure_rate(0.2)
///     .window(50)
///     .open_for(Duration::from_secs(10));
///
/// // #[circuit_breaker(state = PAYMENTS)]
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// for call in 1..=20 {
///     let permit = PAYMENTS.admit("pay").unwrap();
///     if call % 5 == 0 { permit.failed() } else { permit.succeeded() }
/// }
/// assert_eq!(PAYMENTS.state(), CircuitState::Open); // 4 of 20
/// let refused = PAYMENTS.admit("pay").unwrap_err();
/// assert_eq!(refused.to_string(), "pay was refused: circuit open, retry after 10s");
/// # }
/// ```
///
/// While it is closed no call waits for another, and none reads a clock unless a time or
/// [slow calls](Self::slow_call) are looked at. A window of up to 320 calls allocates nothing.
///
/// # To look at
///
/// For a gauge, a health check or a test. Each is read for itself: under load two of them may be of
/// two moments.
///
/// ```
/// use etiquette::{CircuitBreaker, CircuitState};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let breaker = CircuitBreaker::new().min_calls(4).slow_call(Duration::from_millis(100));
/// breaker.admit("fetch").unwrap().succeeded();
/// breaker.admit("fetch").unwrap().failed();
/// let slow = breaker.admit("fetch").unwrap();
/// tokio::time::sleep(Duration::from_millis(101)).await;
/// slow.succeeded();
/// assert_eq!((breaker.calls(), breaker.failures(), breaker.slow()), (3, 1, 1));
///
/// breaker.admit("fetch").unwrap().failed(); // 2 of 4
/// assert_eq!(breaker.state(), CircuitState::Open);
/// assert_eq!(breaker.time_left(), Some(Duration::from_secs(30)));
///
/// tokio::time::advance(Duration::from_secs(30)).await;
/// assert_eq!(breaker.time_left(), Some(Duration::ZERO)); // the next call is let through
/// let _probe = breaker.admit("fetch").unwrap();
/// assert_eq!((breaker.state(), breaker.time_left()), (CircuitState::HalfOpen, None));
/// # }
/// ```
///
/// # By hand
///
/// [`force_open`](Self::force_open) takes a service out of use, and [`force_closed`](Self::force_closed)
/// does without the breaker; both last until [`reset`](Self::reset), which starts anew. The rates, the
/// number of calls and the time can be changed while it is in use.
///
/// ```
/// use etiquette::{CircuitBreaker, CircuitState, Stopped, circuit_breaker};
///
/// static SEARCH: CircuitBreaker = CircuitBreaker::new();
///
/// #[circuit_breaker(state = SEARCH)]
/// async fn search() -> Result<u32, Stopped> {
///     Ok(7)
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// SEARCH.force_open(); // maintenance
/// let stop = search().await.unwrap_err();
/// assert_eq!(stop.to_string(), "search was refused: circuit open");
/// assert_eq!(stop.retry_after(), None); // whoever forced it may know
/// assert!(SEARCH.is_forced() && SEARCH.state() == CircuitState::Open);
///
/// SEARCH.force_closed(); // whatever comes of the calls
/// assert!(search().await.is_ok());
/// assert_eq!(SEARCH.calls(), 0);
///
/// SEARCH.reset();
/// SEARCH.set_failure_rate(0.2);
/// assert!(search().await.is_ok());
/// assert_eq!((SEARCH.is_forced(), SEARCH.calls()), (false, 1));
/// # }
/// ```
#[derive(Debug)]
pub struct CircuitBreaker {
    circuit: Circuit,
    settings: Settings,
}

impl CircuitBreaker {
    /// The largest window, run of failures and number of probes: more is cut to it.
    pub const MAX_CALLS: u32 = circuit::MAX_COUNT;

    /// One like above.
    #[must_use]
    pub const fn new() -> Self {
        Self::of(Settings::new())
    }

    const fn of(settings: Settings) -> Self {
        Self {
            circuit: Circuit::new(),
            settings,
        }
    }

    /// One of the same settings.
    fn like(settings: &Settings) -> Self {
        Self::of(settings.like())
    }

    /// Admits a call, or not.
    #[inline]
    fn stamp(&self) -> Result<Stamp, Refusal> {
        match self.circuit.closed() {
            Some(stamp) => Ok(stamp),
            None => self.stamp_unless_closed(),
        }
    }

    #[cold]
    fn stamp_unless_closed(&self) -> Result<Stamp, Refusal> {
        let (stamp, change) = self.circuit.admit(&self.settings, clock::now)?;
        self.tell(change);
        Ok(stamp)
    }

    #[inline]
    const fn minds_slow_calls(&self) -> bool {
        self.settings.slow_call != u64::MAX
    }

    /// Takes in the result of a call admitted at `stamp` whose body `began` then.
    #[inline]
    fn record(&self, stamp: Stamp, began: u64, judged: Judged) {
        if judged == Judged::Success && !self.minds_slow_calls() && self.circuit.is_at_rest(stamp) {
            return;
        }
        match judged {
            Judged::Success => self.take_in(stamp, began, false),
            Judged::Failure => self.take_in(stamp, began, true),
            Judged::Ignored => self.circuit.give_back(stamp),
        }
    }

    fn take_in(&self, stamp: Stamp, began: u64, failed: bool) {
        let slow = self
            .minds_slow_calls()
            // What never began was not slow.
            .then(|| began != 0 && clock::now().saturating_sub(began) > self.settings.slow_call);
        let change = self
            .circuit
            .record(&self.settings, clock::now, stamp, failed, slow);
        self.tell(change);
    }

    /// A permit was dropped: nobody knows what would have come of the call.
    #[cold]
    fn abandoned(&self, stamp: Stamp) {
        match self.settings.abandoned_is_failure {
            true => self.take_in(stamp, 0, true),
            false => self.circuit.give_back(stamp),
        }
    }

    #[inline]
    fn tell(&self, change: Option<circuit::Change>) {
        if let Some(change) = change {
            let to = match change {
                circuit::Change::Opened(nanos) => telemetry::Change::Opened(Duration::from_nanos(nanos)),
                circuit::Change::HalfOpened => telemetry::Change::HalfOpened,
                circuit::Change::Closed => telemetry::Change::Closed,
            };
            self.changed(to);
        }
    }

    #[cold]
    fn changed(&self, to: telemetry::Change) {
        let keyed = self.settings.keyed;
        telemetry::tell(self.settings.name, Event::Circuit { to, keyed });
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for CircuitBreaker {
    fn fresh(&self) -> Self {
        Self::like(&self.settings)
    }
}

impl Default for CircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
