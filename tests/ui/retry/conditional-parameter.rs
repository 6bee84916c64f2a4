//! A parameter under `#[cfg]` may not be there when an option names it.

use etiquette::{Stopped, retry, with_timeout};
use std::time::Duration;

#[with_timeout(limit)]
async fn in_a_limit(#[cfg(not(windows))] limit: Duration) -> Result<(), Stopped> {
    Ok(())
}

#[retry(clone(body), when = |_| body.is_empty())]
async fn in_two_options(#[cfg(not(windows))] body: String) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (in_a_limit(Duration::ZERO), in_two_options(String::new()));
}
