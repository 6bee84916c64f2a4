//! The value uses an argument that the body has moved.

use etiquette::{Stopped, fallback};

async fn send(body: String) -> Result<usize, Stopped> {
    Ok(body.len())
}

#[fallback(Ok(body.len()))]
async fn fetch(body: String) -> Result<usize, Stopped> {
    send(body).await
}

fn main() {
    let _ = fetch(String::new());
}
