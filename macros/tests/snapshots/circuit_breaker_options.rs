#[circuit_breaker(failure_rate = 0.25, window = 30s, slow_call = 2s, when = |e| e.is_fatal())]
async fn fetch(id: u64) -> Result<User, Error> {
    ask(id).await
}
