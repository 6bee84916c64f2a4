fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { serve().await });
    futures::executor::block_on(work());
}

async fn through_threads() {
    tokio::task::spawn_blocking(move || handle.block_on(work())).await;
    tokio::task::block_in_place(|| Handle::current().block_on(work()));
    std::thread::spawn(move || rx.blocking_recv());
    env.block_on(a, b);
}
