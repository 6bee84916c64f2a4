//! What a circuit does, call by call.

mod abandoned;
mod by_hand;
mod half_open;
mod judge;
mod keyed;
mod model;
mod slow;
mod threads;
mod time;
mod window;

use std::time::Duration;

use tokio::time::advance;

use super::*;
use CircuitState::{Closed, HalfOpen, Open};

const OP: &str = "test";
const SECOND: Duration = Duration::from_secs(1);

/// Calls that are let through and all end like this.
fn calls(breaker: &CircuitBreaker, count: u32, fail: bool) {
    for _ in 0..count {
        let permit = breaker.admit(OP).unwrap();
        match fail {
            true => permit.failed(),
            false => permit.succeeded(),
        }
    }
}

fn succeed(breaker: &CircuitBreaker, count: u32) {
    calls(breaker, count, false);
}

fn fail(breaker: &CircuitBreaker, count: u32) {
    calls(breaker, count, true);
}

/// How long a call that is refused is told to wait.
fn refused(breaker: &CircuitBreaker) -> Option<Duration> {
    breaker.admit(OP).unwrap_err().retry_after()
}

/// Opens with one failure, for a second; one probe closes it.
const fn touchy() -> CircuitBreaker {
    CircuitBreaker::new().consecutive(1).open_for(SECOND).probes(1)
}

/// What it looks at: results, and failures among them.
fn seen(breaker: &CircuitBreaker) -> (u32, u32) {
    (breaker.calls(), breaker.failures())
}
