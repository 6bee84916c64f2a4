#[circuit_breaker(key = host)]
#[concurrency_limit(semaphore = client.places, wait = 1s, queue = 8)]
async fn fetch(client: &Client, host: &str) -> Result<User, Error> {
    client.ask(host).await
}
