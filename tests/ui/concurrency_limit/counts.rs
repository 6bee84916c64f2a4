//! What is no number of slots.

use etiquette::{Stopped, concurrency_limit};

const RATIO: f64 = 0.5;

#[concurrency_limit(0, wait = none)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(-1, wait = none)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit("16", wait = none)]
async fn text() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(1.5, wait = none)]
async fn fraction() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16s, wait = none)]
async fn unit() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(5_000_000_000, wait = none)]
async fn too_many() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = 1s, queue = 0)]
async fn no_queue() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, 32, wait = none)]
async fn two() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (zero(), negative(), text(), fraction(), unit(), too_many(), no_queue(), two());
}
