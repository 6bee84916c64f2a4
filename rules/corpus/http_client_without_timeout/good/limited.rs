use reqwest::Client;

fn client() {
    let a = Client::builder().timeout(D).build();
    let b = Client::builder().read_timeout(D).build();
}
