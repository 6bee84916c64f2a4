#[concurrency_limit(semaphore = self.hosts, key = request.host(), wait = self.config.load().wait, queue = 100)]
async fn get(&self, request: Request) -> Result<Response, Error> {
    self.client.send(request).await
}
