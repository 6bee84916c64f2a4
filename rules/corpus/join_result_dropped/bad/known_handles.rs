async fn stop(given: tokio::task::JoinHandle<()>) {
    let worker = tokio::spawn(work());
    finish();
    let _ = worker.await; //~ join_result_dropped
    let _ = given.await; //~ join_result_dropped
}
