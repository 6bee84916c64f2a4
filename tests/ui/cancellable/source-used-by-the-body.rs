//! A receiver has one listener: the attribute or the body.

use etiquette::{Stopped, cancellable};
use tokio::sync::watch;

#[cancellable]
async fn owned(mut stop: watch::Receiver<bool>) -> Result<(), Stopped> {
    let _ = stop.changed().await;
    Ok(())
}

#[cancellable]
async fn borrowed(stop: &mut watch::Receiver<bool>) -> Result<(), Stopped> {
    let _ = stop.changed().await;
    Ok(())
}

#[cancellable(&mut stop)]
async fn named(mut stop: watch::Receiver<bool>) -> Result<(), Stopped> {
    let _ = stop.changed().await;
    Ok(())
}

fn main() {
    let (_, mut stop) = watch::channel(false);
    let _ = (owned(stop.clone()), named(stop.clone()));
    let _ = borrowed(&mut stop);
}
