//! How long to wait: several slips, all at once.

use etiquette::{Stopped, concurrency_limit};

#[concurrency_limit(16, wait = 5)]
async fn no_unit() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = 0s)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait)]
async fn no_value() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = -1s)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = none, queue = 10)]
async fn nobody_in_the_queue() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = 1s, wait = 2s, quue = 3)]
async fn three_slips() -> Result<(), Stopped> {
    Ok(())
}

// The word wins, and nobody can tell.
#[concurrency_limit(16, wait = none)]
async fn hidden(none: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (no_unit(), zero(), no_value(), negative(), nobody_in_the_queue(), three_slips(), hidden(1));
}
