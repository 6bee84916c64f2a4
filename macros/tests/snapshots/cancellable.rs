#[cancellable]
async fn worker(token: CancellationToken, jobs: Receiver<Job>) {
    while let Some(job) = jobs.recv().await {
        run(job).await;
    }
}
