#[instrument_task(fields(order = id, customer = %user.name), err)]
async fn place(id: u64, user: User, card: String) -> Result<u64, SoldOut> {
    charge(&card).await;
    Err(SoldOut("coffee".into()))
}
