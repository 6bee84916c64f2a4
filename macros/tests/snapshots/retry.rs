#[retry]
async fn fetch(url: &str) -> Result<Body, Error> {
    get(url).await
}
