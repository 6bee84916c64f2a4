//! A semaphore has its own number.

use etiquette::{Stopped, concurrency_limit};
use tokio::sync::Semaphore;

static PLACES: Semaphore = Semaphore::const_new(16);

#[concurrency_limit(16, semaphore = &PLACES, wait = none)]
async fn both() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(&PLACES, wait = none)]
async fn without_its_name() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (both(), without_its_name());
}
