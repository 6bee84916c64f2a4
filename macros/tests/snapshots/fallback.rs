#[fallback(Ok(Vec::new()))]
#[with_timeout(200ms)]
async fn recommendations(user: u64) -> Result<Vec<String>, Stopped> {
    ask(user).await
}
