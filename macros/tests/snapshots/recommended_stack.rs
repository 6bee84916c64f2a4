#[instrument_task]
#[cancellable]
#[fallback(Ok(Price::unknown()))]
#[with_timeout(3s, total)]
#[retry(attempts = 3)]
#[circuit_breaker(slow_call = 300ms)]
#[rate_limit(100, per = 1s)]
#[with_timeout(500ms, attempt)]
#[concurrency_limit(16)]
async fn price(token: CancellationToken, id: u64) -> Result<Price, Error> {
    ask(id).await
}
