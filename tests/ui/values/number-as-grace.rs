//! A grace period is a limit too.

use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

const SECONDS: u64 = 5;

#[cancellable(grace = SECONDS)]
async fn fetch(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(CancellationToken::new());
}
