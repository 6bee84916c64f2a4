//! Breaks `http_client_without_timeout`.

#[etiquette::conventions]
pub async fn client() -> reqwest::Client {
    reqwest::Client::new() //~ http_client_without_timeout
}
