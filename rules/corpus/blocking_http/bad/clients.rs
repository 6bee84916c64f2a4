use reqwest::blocking::Client;

async fn fetch() {
    let body = reqwest::blocking::get(url)?.text()?; //~ blocking_http
    let client = Client::new(); //~ blocking_http
    let page = ureq::get(url).call()?; //~ blocking_http
    let small = minreq::get(url).send()?; //~ blocking_http
}
