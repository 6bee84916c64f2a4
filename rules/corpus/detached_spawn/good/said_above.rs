async fn truncate(request: Request) {
    let future = async move { request.send().await };
    // Truncation is best-effort, so fire and forget.
    tokio::spawn(future);

    // Detached on purpose: only the client that asked waits for this,
    // the queue goes on.
    tokio::spawn(
        request
            .wait(),
    );
    tokio::spawn(refresh()); // fire-and-forget
}
