//! Options of `#[cancellable]` that exclude each other, and options written twice.

use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

#[cancellable(token, future = std::future::ready(()))]
async fn two_sources(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(error = |stop| stop.into(), or_return = Ok(()))]
async fn two_answers(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(token, other)]
async fn two_values(token: CancellationToken, other: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(grace = 1s, grace = 2s)]
async fn twice(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let token = CancellationToken::new;
    let _ = (two_sources(token()), two_answers(token()), two_values(token(), token()), twice(token()));
}
