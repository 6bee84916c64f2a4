//! The same layer twice.

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

#[cancellable]
#[cancellable]
async fn cancelled(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s)]
#[with_timeout(2s)]
async fn timed() -> Result<(), Stopped> {
    Ok(())
}

#[retry]
#[retry]
async fn retried() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task]
#[instrument_task]
async fn instrumented() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(30s, total)]
#[retry]
#[with_timeout(5s, attempt)]
#[with_timeout(2s, attempt)]
async fn three_timeouts() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (cancelled(CancellationToken::new()), timed(), retried(), instrumented(), three_timeouts());
}

// H143
