#[concurrency_limit(2, wait = 1s)]
async fn render(page: u32) -> Result<String, Error> {
    draw(page).await
}
