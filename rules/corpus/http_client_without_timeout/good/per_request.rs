use reqwest::Client;

async fn get() {
    let client = Client::new();
    client.get(url).timeout(LIMIT).send().await;
}
