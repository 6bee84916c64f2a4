//! A grace period that is none, and the word for what comes after.

use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

#[cancellable(grace = 5)]
async fn without_unit(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(grace)]
async fn without_value(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(grace = 0s)]
async fn zero(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let new = CancellationToken::new;
    let _ = (without_unit(new()), without_value(new()), zero(new()));
}
