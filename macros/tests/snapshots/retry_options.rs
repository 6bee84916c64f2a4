#[retry(
    attempts = self.attempts,
    max_elapsed = 30s,
    constant(100ms),
    jitter = equal,
    when = |e| e.is_busy(),
    key = &request.host,
    on_retry = |retry| self.seen(retry).await,
    clone(request),
    attempt = at,
)]
async fn send(&self, mut request: Request) -> Result<Reply, Error> {
    request.set("attempt", at.number);
    self.client.send(request).await
}

#[retry(attempts = forever, delays(0s, 1s), jitter = 0.1, when_result = is_pending, budget = &BUDGET, max_elapsed = limit)]
async fn poll(limit: Duration) -> Poll<u8> {
    ask().await
}

#[retry(policy = self.policy.clone(), when = any, budget = none)]
async fn with_a_policy(&mut self) -> Result<u8, Error> {
    self.ask().await
}
