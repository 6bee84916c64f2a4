#[with_timeout(5s)]
#[blocking(limit = 4)]
async fn hash(password: String) -> Result<u64, Stopped> {
    Ok(slow_hash(&password)) // a hundred milliseconds of computing
}
