use reqwest::{Client, ClientBuilder};

fn clients() {
    let a = Client::new(); //~ http_client_without_timeout
    let b = reqwest::Client::builder().user_agent("x").build(); //~ http_client_without_timeout
    let c = ClientBuilder::new().build(); //~ http_client_without_timeout
    let d = Client::default(); //~ http_client_without_timeout
}

async fn get() {
    reqwest::get(url).await; //~ http_client_without_timeout
}
