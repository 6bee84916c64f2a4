//! A token is a source, not a future.

use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

#[cancellable(future = token)]
async fn serve(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = serve(CancellationToken::new());
}
