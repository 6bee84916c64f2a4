//! A window is a number of calls or a time, and a constant says which by its type.

use etiquette::{Stopped, circuit_breaker};
use std::time::Duration;

const NAME: &str = "100";
const LIMIT: Option<Duration> = None;

#[circuit_breaker(window = NAME)]
async fn a_string() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = LIMIT)]
async fn perhaps_a_time() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(open_for = LIMIT)]
async fn perhaps_open() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a_string(), perhaps_a_time(), perhaps_open());
}
