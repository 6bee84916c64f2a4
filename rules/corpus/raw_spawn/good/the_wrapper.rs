pub fn spawn_logged(name: &str, future: F) -> JoinHandle<()> {
    tokio::spawn(future)
}

async fn start() {
    let a = crate::tasks::spawn_logged("a", work());
    let b = set.spawn(work());
}
