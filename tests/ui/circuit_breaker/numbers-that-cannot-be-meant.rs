//! Literals that are out of range, or that cannot all be meant.

use etiquette::{Stopped, circuit_breaker};

#[circuit_breaker(failure_rate = 50, slow_call = 1s, slow_rate = -0.5)]
async fn percent() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = 0, min_calls = 0, probes = 0)]
async fn nothing() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = 20000, probes = 20_000)]
async fn too_many() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(consecutive = 20000)]
async fn too_long_a_run() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = 10, min_calls = 20)]
async fn more_than_the_window() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(min_calls = 200)]
async fn more_than_the_default_window() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(factor = 0.5)]
async fn shrinks() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(open_for = 1m, max = 30s)]
async fn longest_is_shorter() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(max = 10s)]
async fn longest_is_shorter_than_the_default() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(open_for = 30, max = 0s)]
async fn without_a_unit() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(open_for = 0s, slow_call = 0s, window = 0s)]
async fn no_time() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(consecutive = 5.5, factor = "2", failure_rate = "half")]
async fn no_numbers() -> Result<(), Stopped> {
    Ok(())
}

fn main() {}
