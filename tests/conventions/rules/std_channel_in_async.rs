//! Breaks `std_channel_in_async`.

use std::sync::mpsc::Receiver;

#[etiquette::conventions]
pub async fn next(jobs: Receiver<u8>) -> Option<u8> {
    jobs.recv().ok() //~ std_channel_in_async
}
