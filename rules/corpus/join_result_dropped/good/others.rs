async fn stop(future: impl Future) {
    let worker = tokio::spawn(work());
    worker.abort();
    let _ = worker.await;
    let _ = future.await;
    let _ = handle.await;
    let other = tokio::spawn(work());
    if let Err(error) = other.await { log(error) }
}
