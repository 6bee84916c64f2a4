//! Literals that are no number of attempts.

use etiquette::{Stopped, retry};

#[retry(attempts = 0)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = -1)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 9_999_999_999)]
async fn overflowing() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 2.5)]
async fn half() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = "3")]
async fn a_string() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 3s)]
async fn a_time() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (zero(), negative(), overflowing(), half(), a_string(), a_time());
}

// H154
