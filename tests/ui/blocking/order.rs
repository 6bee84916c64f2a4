//! Nothing stands between a body and its thread.

use etiquette::{Stopped, blocking, retry, with_timeout};

#[blocking]
#[with_timeout(5s)]
async fn above_a_timeout() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(30s, total)]
#[blocking(limit = 4)]
#[retry]
#[with_timeout(5s, attempt)]
async fn in_the_middle() -> Result<(), Stopped> {
    Ok(())
}

#[blocking]
#[blocking]
async fn twice() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (above_a_timeout(), in_the_middle(), twice());
}
