#[with_timeout(5s)]
async fn fetch_user(id: u64) -> Result<String, Error> {
    ask(id).await
}
