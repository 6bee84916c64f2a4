//! A cancellation must be heard between two attempts.

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

#[instrument_task]
#[with_timeout(30s, total)]
#[retry]
#[cancellable]
async fn fetch(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(CancellationToken::new());
}
