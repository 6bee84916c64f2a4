async fn all_wait(m: &tokio::sync::Mutex<u8>) {
    let g = m.lock().await;
    work(*g).await; //~ async_guard_across_await
}
