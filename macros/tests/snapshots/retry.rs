#[retry]
async fn fetch_user(service: &Service, id: u64) -> Result<String, Error> {
    service.ask(id).await
}
