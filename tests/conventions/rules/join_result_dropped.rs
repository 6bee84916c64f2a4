//! Breaks `join_result_dropped`.

#[etiquette::conventions]
pub async fn stop() {
    let task = tokio::spawn(tokio::task::yield_now());
    let _ = task.await; //~ join_result_dropped
}
