//! Names that other libraries use, and slips.

use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

#[cancellable(token = token, source = token, signal = token)]
async fn sources(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(on_cancel = Ok(()), default = Ok(()), map_err = f, err = f)]
async fn answers(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(timeout = 5s)]
async fn another_attribute(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(graze = 5s)]
async fn misspelt(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(colour = 5)]
async fn unknown(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let new = CancellationToken::new;
    let _ = (sources(new()), answers(new()), another_attribute(new()), misspelt(new()), unknown(new()));
}
