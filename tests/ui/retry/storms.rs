//! Retries that no budget could hold, or that never pause.

use etiquette::{Stopped, cancellable, retry};
use tokio_util::sync::CancellationToken;

#[retry(attempts = 500)]
async fn many() -> Result<(), Stopped> {
    Ok(())
}

#[cancellable]
#[retry(attempts = forever, constant(0s))]
async fn busy(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[retry(constant(10s), max_elapsed = 5s)]
async fn no_time_for_a_delay() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (many(), busy(CancellationToken::new()), no_time_for_a_delay());
}
