#[with_timeout(5s)]
async fn fetch_user(id: String) -> Result<User, Error> {
    client().get(&id).await
}
