//! Jitter and factor outside of what makes sense.

use etiquette::{Stopped, retry};

#[retry(jitter = 1.5)]
async fn more_than_all() -> Result<(), Stopped> {
    Ok(())
}

#[retry(jitter = -0.2)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[retry(jitter = "full")]
async fn quoted() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(100ms, factor = 0.5))]
async fn shrinking() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(100ms, factor = -2))]
async fn negative_factor() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(100ms, factor = "2"))]
async fn quoted_factor() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (more_than_all(), negative(), quoted(), shrinking(), negative_factor(), quoted_factor());
}
