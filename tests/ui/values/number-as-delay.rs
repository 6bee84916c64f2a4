//! Delays and other durations of `#[retry]` given as numbers of milliseconds.

use etiquette::{Stopped, retry};

const MILLIS: u64 = 100;

#[retry(constant(MILLIS))]
async fn constant() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(MILLIS))]
async fn exponential() -> Result<(), Stopped> {
    Ok(())
}

#[retry(max_elapsed = MILLIS)]
async fn max_elapsed() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (constant(), exponential(), max_elapsed());
}
