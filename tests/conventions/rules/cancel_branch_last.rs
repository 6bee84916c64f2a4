//! Breaks `cancel_branch_last`.

use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

#[etiquette::conventions]
pub async fn next(token: &CancellationToken, jobs: &mut Receiver<u8>) -> Option<u8> {
    tokio::select! {
        job = jobs.recv() => job,
        () = token.cancelled() => None, //~ cancel_branch_last
    }
}
