//! The block moves a variable that the next attempt needs again.

use etiquette::Stopped;

async fn send(body: String) -> Result<(), Stopped> {
    drop(body);
    Ok(())
}

async fn fetch(body: String) -> Result<(), Stopped> {
    etiquette::retrying!(attempts = 3, async { send(body).await }).await
}

fn main() {
    let _ = fetch(String::new());
}
