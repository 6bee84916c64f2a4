//! Breaks `unbounded_channel`.

use tokio::sync::mpsc;

#[etiquette::conventions]
pub async fn queue() {
    let (sender, mut jobs) = mpsc::unbounded_channel::<u8>(); //~ unbounded_channel
    drop(sender);
    jobs.recv().await;
}
