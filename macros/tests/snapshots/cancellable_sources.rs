#[cancellable]
async fn token_used_by_the_body(token: CancellationToken) -> Result<(), Error> {
    spawn(token.child_token()).await
}

#[cancellable(or_return = Ok(()))]
async fn watch(stop: watch::Receiver<bool>) -> Result<(), Error> {
    work().await
}

#[cancellable(self.token)]
async fn field(&mut self) -> Result<(), Error> {
    self.work().await
}

#[cancellable(future = signal::ctrl_c(), grace = 5s)]
async fn future() -> Result<(), Error> {
    work().await
}

#[cancellable]
async fn worker(token: CancellationToken, jobs: Receiver<Job>) {
    while let Some(job) = jobs.recv().await {
        run(job).await;
    }
}
