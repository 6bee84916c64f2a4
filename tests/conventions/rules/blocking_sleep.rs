//! Breaks `blocking_sleep`.

use std::thread;

#[etiquette::conventions]
pub async fn poll() {
    thread::sleep(std::time::Duration::from_secs(1)); //~ blocking_sleep
}
