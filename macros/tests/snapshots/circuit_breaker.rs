#[circuit_breaker]
async fn fetch_user(id: u64) -> Result<String, Error> {
    ask(id).await
}
