#[instrument_task]
#[with_timeout(5s, total)]
#[shield]
#[retry(clone(order))]
async fn commit(order: Order) -> Result<(), Error> {
    ledger().commit(order).await
}
