//! The body moves an argument that the next attempt needs again.

use etiquette::{Stopped, retry};

async fn send(body: String) -> Result<(), Stopped> {
    drop(body);
    Ok(())
}

#[retry]
async fn fetch(body: String) -> Result<(), Stopped> {
    send(body).await
}

fn main() {
    let _ = fetch(String::new());
}

// H163
