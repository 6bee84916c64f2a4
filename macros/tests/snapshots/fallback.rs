#[fallback(Ok(Vec::new()))]
#[with_timeout(200ms)]
async fn recommendations(user: &User) -> Result<Vec<Item>, Error> {
    engine().ask(user).await
}
