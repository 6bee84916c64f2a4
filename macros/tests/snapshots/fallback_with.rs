#[fallback(with = |error| cached(user, error).await)]
async fn recommendations(user: &User) -> Result<Vec<Item>, Error> {
    engine().ask(user).await
}
