#[rate_limit(100, per = 1s, burst = 10, wait = none)]
async fn send(message: &Message) -> Result<(), Error> {
    gateway().send(message).await
}
