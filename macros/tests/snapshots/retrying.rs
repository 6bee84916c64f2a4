async fn load(path: &str) -> Result<String, Error> {
    let text = retrying!(attempts = 4, constant(50ms), jitter = none, async {
        let bytes = read(path).await?;
        String::from_utf8(bytes).map_err(Error::other)
    })
    .await?;
    Ok(text.to_uppercase())
}
