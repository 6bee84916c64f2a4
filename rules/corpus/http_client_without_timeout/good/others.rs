use crate::http::Client;

fn clients() {
    let a = Client::new();
    let b = redis::Client::builder().build();
    let c = reqwest::Request::new(method, url);
}
