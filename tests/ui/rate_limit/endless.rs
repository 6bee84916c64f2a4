//! Never wait for ever, unless that is what you say.

use etiquette::{Stopped, rate_limit, retry, with_timeout};

#[rate_limit(100, per = 1s)]
async fn alone() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = 3)]
#[rate_limit(100, per = 1s)]
#[with_timeout(5s, attempt)]
async fn bounded_below() -> Result<(), Stopped> {
    Ok(())
}

// These are fine.
#[rate_limit(100, per = 1s, wait = forever)]
async fn meant() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s)]
#[rate_limit(100, per = 1s)]
async fn bounded() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (alone(), bounded_below(), meant(), bounded());
}
