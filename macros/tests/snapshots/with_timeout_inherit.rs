/// Callees see the deadline.
#[with_timeout(5s, inherit)]
async fn page(id: u64) -> Result<Page, Error> {
    assemble(id).await
}
