//! `or_return =` may name the arguments, unless the body has moved them.

use etiquette::with_timeout;

async fn send(body: String) -> String {
    body
}

#[with_timeout(5s, or_return = body)]
async fn fetch(body: String) -> String {
    send(body).await
}

fn main() {
    let _ = fetch(String::new());
}
