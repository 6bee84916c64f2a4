#[concurrency_limit(16, wait = 1s)]
async fn render(page: Page) -> Result<Html, Error> {
    page.render().await
}
