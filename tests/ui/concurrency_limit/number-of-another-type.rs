//! A constant that is no number of slots.

use etiquette::{Stopped, concurrency_limit};
use std::time::Duration;

const WAIT: Duration = Duration::from_secs(1);

fn from_the_environment() -> usize {
    std::env::args().count()
}

#[concurrency_limit(WAIT, wait = none)]
async fn duration() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(from_the_environment(), wait = none)]
async fn at_run_time() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (duration(), at_run_time());
}
