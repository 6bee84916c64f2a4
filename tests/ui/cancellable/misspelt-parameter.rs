//! A source that names nothing: rustc's own error, on the user's own word.

use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

#[cancellable(tokn)]
async fn serve(token: CancellationToken) -> Result<(), Stopped> {
    token.cancelled().await;
    Ok(())
}

fn main() {
    let _ = serve(CancellationToken::new());
}
