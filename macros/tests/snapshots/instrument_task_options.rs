#[instrument_task(
    fields(id, user.name = %user.name, late = Empty),
    name = "orders::create",
    level = debug,
    target = "shop",
    parent = &parent,
    follows_from = causes,
    err(level = warn, Debug),
    ret,
)]
async fn create(id: u64, user: &User, parent: Span, causes: Vec<Id>) -> Result<Order, Error> {
    insert(id, user).await
}

#[instrument_task]
async fn forever() -> ! {
    loop {
        tick().await
    }
}
