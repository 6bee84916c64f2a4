use reqwest::Client;

async fn fetch(client: &Client) {
    client.get(url).send().await?;
    tokio::task::spawn_blocking(move || reqwest::blocking::get(url)).await??;
    ureq::Error::from(x);
}

fn sync() { ureq::get(url).call(); }
