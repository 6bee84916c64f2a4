//! Breaks `task_without_span`.

#[etiquette::conventions]
pub async fn start() {
    let task = tokio::spawn(async { tokio::task::yield_now().await }); //~ task_without_span
    drop(task.await);
}
