//! Names from other libraries.

use etiquette::{Stopped, rate_limit};

#[rate_limit(rate = 100, window = 1s)]
async fn a() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(per_second = 100, max_wait = 1s)]
async fn b() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(limit_for_period = 50, refresh_period = 1s, timeout_duration = 5s)]
async fn c() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(calls = 100, every = 1s, state = &RATE, default = Ok(()))]
async fn d() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a(), b(), c(), d());
}
