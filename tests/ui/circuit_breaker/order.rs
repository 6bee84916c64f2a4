//! Where it stands among other layers.

use etiquette::{Stopped, circuit_breaker, fallback, instrument_task, retry, with_timeout};

#[with_timeout(5s)]
#[circuit_breaker]
async fn timeout_directly_above() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s)]
#[instrument_task]
#[circuit_breaker(consecutive = 5)]
async fn timeout_above_with_a_span_between() -> Result<(), Stopped> {
    Ok(())
}

#[retry]
#[with_timeout(5s, attempt)]
#[circuit_breaker]
async fn timeout_of_an_attempt_above() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker]
#[fallback(Ok(()))]
async fn fallback_below() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker]
#[retry]
#[circuit_breaker(key = host)]
async fn twice(host: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (
        timeout_directly_above(),
        timeout_above_with_a_span_between(),
        timeout_of_an_attempt_above(),
        fallback_below(),
        twice(1),
    );
}
