async fn start() {
    let a = tokio::spawn(work()); //~ raw_spawn
    let b = tokio::task::spawn_blocking(|| work()); //~ raw_spawn
}
