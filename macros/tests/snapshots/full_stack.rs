#[instrument_task(fields(id), err)]
#[cancellable]
#[with_timeout(30s, total)]
#[retry(attempts = 3, clone(body))]
#[with_timeout(2s, attempt)]
async fn create(&self, token: CancellationToken, id: u64, body: Body) -> Result<Order, Error> {
    self.client.post(id, body).await
}
