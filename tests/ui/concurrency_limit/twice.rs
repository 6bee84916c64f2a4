//! Two that limit the same thing.

use etiquette::{ConcurrencyLimit, Stopped, concurrency_limit};

static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(16);

#[concurrency_limit(16, wait = none)]
#[concurrency_limit(8, wait = none)]
async fn numbers() -> Result<(), Stopped> {
    Ok(())
}

// Each call would take two of its slots.
#[concurrency_limit(semaphore = &PLACES, wait = 1s)]
#[concurrency_limit(semaphore = &PLACES, wait = none)]
async fn semaphores() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, key = id, wait = none)]
#[concurrency_limit(8, key = id, wait = none)]
async fn keys(id: u32) -> Result<(), Stopped> {
    Ok(())
}

// These are fine.
#[concurrency_limit(semaphore = &PLACES, wait = none)]
#[concurrency_limit(16, wait = none)]
#[concurrency_limit(1, key = id, wait = none)]
async fn different(id: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (numbers(), semaphores(), keys(1), different(1));
}
