//! A rate is a number in a stretch of time, or someone else's.

use etiquette::{RateLimit, Stopped, rate_limit};
use std::time::Duration;

static RATE: RateLimit = RateLimit::new(100, Duration::from_secs(1));

#[rate_limit]
async fn nothing() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, wait = none)]
async fn without_a_time() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(per = 1s, wait = none)]
async fn without_a_number() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(burst = 10, wait = none)]
async fn only_a_burst() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100 / 1s, wait = none)]
async fn as_in_physics() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, 1s, wait = none)]
async fn without_its_name() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = 1s, limiter = &RATE, wait = none)]
async fn both() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(burst = 10, limiter = &RATE, wait = none)]
async fn burst_of_another() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(&RATE, wait = none)]
async fn limiter_without_its_name() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (nothing(), without_a_time(), without_a_number(), only_a_burst(), as_in_physics());
    let _ = (without_its_name(), both(), burst_of_another(), limiter_without_its_name());
}
