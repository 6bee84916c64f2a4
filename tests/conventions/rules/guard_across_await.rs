//! Breaks `guard_across_await`.

use std::sync::Mutex;

#[etiquette::conventions]
pub async fn add(total: &Mutex<u64>) {
    let mut total = total.lock().unwrap();
    tokio::task::yield_now().await; //~ guard_across_await
    *total += 1;
}
