//! A limit is a number, or someone else's.

use etiquette::{Stopped, concurrency_limit};

#[concurrency_limit]
async fn nothing() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit()]
async fn empty() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(wait = none)]
async fn only_a_wait() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (nothing(), empty(), only_a_wait());
}
