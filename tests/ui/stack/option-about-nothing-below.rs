//! Options about stops, where nothing below can stop.

use etiquette::{Stopped, retry, with_timeout};

#[retry(retry_timeouts = false)]
async fn no_timeout() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, total)]
#[retry(retry_timeouts = false)]
async fn timeout_above() -> Result<(), Stopped> {
    Ok(())
}

#[retry(retry_refused)]
async fn nothing_refuses() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (no_timeout(), timeout_above(), nothing_refuses());
}
