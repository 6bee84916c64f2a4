#[rate_limit(100, per = 1s, burst = 2, wait = 15ms)]
async fn send(message: &str) -> Result<usize, Error> {
    deliver(message).await
}
