//! A window is a number of calls or a time, and a constant says which by its type.

use etiquette::{Stopped, circuit_breaker};
use std::time::Duration;

const NAME: &str = "100";
const LIMIT: Option<Duration> = None;

#[circuit_breaker(window = "100")]
async fn a_string() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = -5)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = 10.5)]
async fn a_part_of_a_call() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = 30parsecs)]
async fn no_unit() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(window = 2 * 30s)]
async fn a_literal_inside() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a_string(), negative(), a_part_of_a_call(), no_unit(), a_literal_inside());
}
