#[cancellable]
async fn import(token: CancellationToken, rows: u32) -> Result<u32, Error> {
    for _ in 0..rows {
        store().await?;
    }
    Ok(rows)
}
