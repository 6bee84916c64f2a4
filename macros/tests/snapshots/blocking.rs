#[with_timeout(5s)]
#[blocking(limit = 4)]
async fn hash(password: String) -> Result<Hash, Error> {
    argon2(&password)
}
