//! Breaks `raw_spawn`.

#[etiquette::conventions]
pub async fn start() {
    let task = tokio::spawn(tokio::task::yield_now()); //~ raw_spawn
    drop(task.await);
}
