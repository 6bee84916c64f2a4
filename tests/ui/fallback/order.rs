//! A fallback that would hide failures from who looks for them.

use etiquette::{Stopped, circuit_breaker, fallback, retry, with_timeout};

#[retry]
#[fallback(Ok(0))]
async fn below_retry() -> Result<u32, Stopped> {
    Ok(1)
}

#[with_timeout(5s)]
#[circuit_breaker(abandoned = failure)]
#[fallback(Ok(0))]
async fn below_a_breaker() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(Ok(0))]
#[fallback(Ok(1))]
async fn twice() -> Result<u32, Stopped> {
    Ok(1)
}

fn main() {
    let _ = (below_retry(), below_a_breaker(), twice());
}
