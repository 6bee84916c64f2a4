//! Names from other libraries, and slips in today's.

use etiquette::{Stopped, circuit_breaker};

#[circuit_breaker(failure_rate_threshold = 50, sliding_window_size = 100, minimum_number_of_calls = 10)]
async fn resilience4j() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(wait_duration_in_open_state = 30s, permitted_number_of_calls_in_half_open_state = 3)]
async fn resilience4j_too() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(failure_ratio = 0.5, sampling_duration = 30s, break_duration = 5s, should_handle = |_| true)]
async fn polly() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(request_volume_threshold = 20, success_threshold = 3, delay = 5s)]
async fn microprofile() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(failure_threshold = 5, timeout = 30s, fallback = none, breaker = BREAKER)]
async fn others() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(failurerate = 0.5, probe = 1, open = 5s)]
async fn slips() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(5)]
async fn a_number_alone() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (resilience4j(), resilience4j_too(), polly(), microprofile(), others(), slips(), a_number_alone());
}
