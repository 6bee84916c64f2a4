//! Breaks `loop_without_cancel`.

use std::time::Duration;
use tokio::sync::Mutex;

#[etiquette::conventions]
pub async fn pages(left: &Mutex<u8>) {
    loop { //~ loop_without_cancel
        let Some(next) = left.lock().await.checked_sub(1) else { break };
        tokio::time::sleep(Duration::from_secs(next.into())).await;
    }
}
