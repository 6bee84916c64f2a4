//! `tracing::instrument` acts on the body first: above a retry it reads as one span, and would be many.

use etiquette::{Stopped, cancellable, retry};
use tokio_util::sync::CancellationToken;

#[tracing::instrument(skip_all)]
#[retry]
async fn above() -> Result<(), Stopped> {
    Ok(())
}

#[cancellable]
#[tracing::instrument(skip_all)]
#[retry]
async fn between(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (above(), between(CancellationToken::new()));
}

// H142, H147
