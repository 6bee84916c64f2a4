//! Options that exclude each other, and one that says nothing without another.

use etiquette::{CircuitBreaker, KeyedCircuitBreaker, Stopped, circuit_breaker};

static BREAKER: CircuitBreaker = CircuitBreaker::new();
static HOSTS: KeyedCircuitBreaker = KeyedCircuitBreaker::new();

#[circuit_breaker(error = |stop| stop.into(), or_return = Ok(()))]
async fn two_answers() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(state = BREAKER, failure_rate = 0.2, window = 30s, abandoned = failure)]
async fn settings_of_two() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(state = HOSTS, key = host, open_for = 5s)]
async fn settings_of_two_keyed(host: u32) -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(consecutive = 5, failure_rate = 0.5, window = 100, min_calls = 10)]
async fn a_run_and_a_rate() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(slow_rate = 0.5)]
async fn slow_without_a_limit() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (two_answers(), settings_of_two(), settings_of_two_keyed(1), a_run_and_a_rate(), slow_without_a_limit());
}
