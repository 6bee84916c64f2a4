//! Literals that are no number of runs.

use etiquette::{Stopped, hedge};

#[hedge(after = 50ms, attempts = 0)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, attempts = 1)]
async fn one() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, attempts = -2)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, attempts = forever)]
async fn forever() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, attempts = 2.5)]
async fn half() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (zero(), one(), negative(), forever(), half());
}

// H154
