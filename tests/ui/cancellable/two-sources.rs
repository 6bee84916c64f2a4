//! A bare `#[cancellable]` with two parameters that could cancel.

use etiquette::{Stopped, cancellable};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

#[cancellable]
async fn fetch(token: CancellationToken, stop: watch::Receiver<bool>) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(CancellationToken::new(), watch::channel(false).1);
}
