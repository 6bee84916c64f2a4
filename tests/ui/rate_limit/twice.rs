//! Two that limit the same thing.

use etiquette::{RateLimit, Stopped, rate_limit};
use std::time::Duration;

static RATE: RateLimit = RateLimit::new(100, Duration::from_secs(1));

#[rate_limit(100, per = 1s, wait = none)]
#[rate_limit(100, per = 1s, wait = 1s)]
async fn numbers() -> Result<(), Stopped> {
    Ok(())
}

// Each call would count twice.
#[rate_limit(limiter = &RATE, wait = none)]
#[rate_limit(limiter = &RATE, wait = none)]
async fn limiters() -> Result<(), Stopped> {
    Ok(())
}

// These are fine.
#[rate_limit(limiter = &RATE, wait = none)]
#[rate_limit(1000, per = 1m, wait = none)]
#[rate_limit(100, per = 1s, wait = none)]
#[rate_limit(100, per = 1s, key = id, wait = none)]
async fn different(id: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (numbers(), limiters(), different(1));
}
