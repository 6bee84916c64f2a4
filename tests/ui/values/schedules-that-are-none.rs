//! Schedules whose lists do not add up.

use etiquette::{Stopped, retry};

#[retry(constant())]
async fn no_delay() -> Result<(), Stopped> {
    Ok(())
}

#[retry(constant(1s, 2s))]
async fn two_delays() -> Result<(), Stopped> {
    Ok(())
}

#[retry(delays())]
async fn no_delays() -> Result<(), Stopped> {
    Ok(())
}

#[retry(delays(1s 2s))]
async fn no_comma() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(10s, max = 1s))]
async fn max_below_first() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(1s, 2s))]
async fn two_first_delays() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(100ms, facto = 2))]
async fn misspelt() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(base = 100ms, multiplier = 2, cap = 5s, jitter = full))]
async fn other_names() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (no_delay(), two_delays(), no_delays(), no_comma());
    let _ = (max_below_first(), two_first_delays(), misspelt(), other_names());
}
