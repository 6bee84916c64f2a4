//! Breaks `async_guard_across_await`.

use tokio::sync::Mutex;

#[etiquette::conventions]
pub async fn add(total: &Mutex<u64>) {
    let mut total = total.lock().await;
    tokio::task::yield_now().await; //~ async_guard_across_await
    *total += 1;
}
