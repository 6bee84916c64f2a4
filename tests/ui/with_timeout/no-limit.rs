//! A timeout without a limit.

use etiquette::{Stopped, with_timeout};

#[with_timeout]
async fn bare() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout()]
async fn empty() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(or_return = Ok(()))]
async fn other_options() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (bare(), empty(), other_options());
}

// H159
