//! Beside `#[retry]` a timeout says which of two it is.

use etiquette::{Stopped, retry, with_timeout};
use std::time::Duration;

#[with_timeout(30s)]
#[retry]
async fn above() -> Result<(), Stopped> {
    Ok(())
}

#[retry]
#[with_timeout(2s)]
async fn below() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(limit * 3, error = |stop| stop.into())]
#[retry]
#[with_timeout(limit)]
async fn both(limit: Duration) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (above(), below(), both(Duration::ZERO));
}
