//! Commas that are missing, or that are too many.

use etiquette::{Stopped, retry};

#[retry(attempts = 3 constant(1s))]
async fn missing() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 3,, constant(1s))]
async fn doubled() -> Result<(), Stopped> {
    Ok(())
}

#[retry(, attempts = 3)]
async fn leading() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 3; constant(1s))]
async fn semicolon() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts: 3)]
async fn colon() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts == 3)]
async fn double_equals() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (missing(), doubled(), leading(), semicolon(), colon(), double_equals());
}

// H160
