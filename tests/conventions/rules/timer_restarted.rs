//! Breaks `timer_restarted`.

use std::time::Duration;
use tokio::sync::mpsc::Receiver;

#[etiquette::conventions]
pub async fn flush(jobs: &mut Receiver<u8>) {
    loop {
        tokio::select! {
            job = jobs.recv() => if job.is_none() { break },
            () = tokio::time::sleep(Duration::from_secs(1)) => println!("idle"), //~ timer_restarted
        }
    }
}
