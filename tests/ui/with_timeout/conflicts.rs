//! Options of `#[with_timeout]` that exclude each other, and options written twice.

use etiquette::{Stopped, retry, with_timeout};

#[with_timeout(5s, until = tokio::time::Instant::now())]
async fn two_ends() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, 6s)]
async fn two_limits() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, error = |stop| stop.into(), or_return = Ok(()))]
async fn two_answers() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, total, attempt)]
#[retry]
async fn two_words() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, name = "a", name = "b")]
async fn twice() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (two_ends(), two_limits(), two_answers(), two_words(), twice());
}
