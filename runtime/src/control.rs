//! Switches for incidents and rollouts: what a layer decides, and whether it is done.
//!
//! A retry storm, a breaker that opens on the wrong error, a limit that was set too low: each is a decision of code that
//! runs in hundreds of places, and an incident is no time to deploy it anew. Each switch acts on the whole process, at
//! once, and on every function.
//!
//! ```
//! use etiquette::{Stopped, circuit_breaker, control, control::Mode};
//!
//! #[derive(Debug, thiserror::Error)]
//! enum Error {
//!     #[error("no answer")]
//!     NoAnswer,
//!     #[error("{0}")]
//!     Stopped(#[from] Stopped),
//! }
//!
//! #[circuit_breaker(consecutive = 1)]
//! async fn quote(answers: bool) -> Result<u32, Error> {
//!     if answers { Ok(7) } else { Err(Error::NoAnswer) }
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! assert!(quote(false).await.is_err());
//! assert_eq!(quote(true).await.unwrap_err().to_string(), "quote was refused: circuit open, retry after 30s");
//!
//! // A new breaker, on trial: it says what it would do.
//! control::BREAKERS.set(Mode::Observe);
//! assert_eq!(quote(true).await.unwrap(), 7);
//! # control::BREAKERS.set(Mode::On);
//! # }
//! ```
//!
//! | switch | [`Observe`](Mode::Observe) and [`Off`](Mode::Off) |
//! |---|---|
//! | [`RETRIES`] | no call is run again, by `#[retry]` or `retrying!`, and none is hedged: the first error is returned |
//! | [`BREAKERS`] | an open circuit lets calls through; it goes on counting, so that it knows where it stands once it is on |
//! | [`LIMITS`] | who finds no slot, and whose turn it is not, runs at once, without one |
//!
//! `Observe` does the same as `Off`, and logs each decision that was not carried out: a warning with the target
//! `etiquette::control`, the operation and what would have happened. Timeouts and cancellation have no switch: no call
//! should depend on not being stopped.
//!
//! A switch is read where a layer is about to retry or refuse, and nowhere else: calls that succeed do not pay for it.

use std::{
    fmt,
    sync::atomic::{AtomicU8, Ordering::Relaxed},
};

/// Further runs: `#[retry]`, `retrying!` and `#[hedge]`.
pub static RETRIES: Switch = Switch::new("retry");

/// Refusals of `#[circuit_breaker]` and [`CircuitBreaker`](crate::CircuitBreaker).
pub static BREAKERS: Switch = Switch::new("circuit_breaker");

/// Refusals and queues of `#[concurrency_limit]` and `#[rate_limit]`.
pub static LIMITS: Switch = Switch::new("limit");

/// Whether what a layer decides is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// It is done.
    #[default]
    On,
    /// It is not done, and logged.
    Observe,
    /// It is not done.
    Off,
}

/// One switch for the whole process.
pub struct Switch {
    mode: AtomicU8,
    name: &'static str,
}

impl Switch {
    const fn new(name: &'static str) -> Self {
        Self {
            mode: AtomicU8::new(Mode::On as u8),
            name,
        }
    }

    /// From now on; a call that is waiting for its turn already goes on waiting.
    pub fn set(&self, mode: Mode) {
        self.mode.store(mode as u8, Relaxed);
    }

    /// How it stands.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match self.mode.load(Relaxed) {
            mode if mode == Mode::Observe as u8 => Mode::Observe,
            mode if mode == Mode::Off as u8 => Mode::Off,
            _ => Mode::On,
        }
    }

    /// Whether to do what a layer has decided for `operation`; says so where it is not done and somebody watches.
    #[inline]
    pub(crate) fn lets(&self, operation: &'static str, decision: &'static str) -> bool {
        self.mode.load(Relaxed) == Mode::On as u8 || self.holds_back(operation, decision)
    }

    #[cold]
    fn holds_back(&self, operation: &'static str, decision: &'static str) -> bool {
        if self.mode() == Mode::Observe {
            self.observe(operation, decision);
        }
        false
    }

    #[cfg(feature = "tracing")]
    fn observe(&self, operation: &'static str, decision: &'static str) {
        tracing::warn!(
            target: "etiquette::control",
            operation,
            layer = self.name,
            decision,
            "switched to observe: not done"
        );
    }

    #[cfg(not(feature = "tracing"))]
    fn observe(&self, _: &'static str, _: &'static str) {}
}

impl fmt::Debug for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Switch")
            .field("layer", &self.name)
            .field("mode", &self.mode())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_is_what_it_was_set_to() {
        let switch = Switch::new("test");
        assert_eq!(switch.mode(), Mode::On);
        assert!(switch.lets("op", "retry"));
        for mode in [Mode::Off, Mode::Observe, Mode::On] {
            switch.set(mode);
            assert_eq!(switch.mode(), mode);
            assert_eq!(switch.lets("op", "retry"), mode == Mode::On);
        }
        assert_eq!(format!("{switch:?}"), r#"Switch { layer: "test", mode: On }"#);
    }
}
