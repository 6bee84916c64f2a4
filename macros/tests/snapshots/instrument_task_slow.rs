#[instrument_task(slow(500ms), slow_poll(limits::POLL))]
async fn import(file: &Path) -> Result<u64, Error> {
    read(file).await
}
