//! A predicate that names an argument of which every run gets its own.

use etiquette::{Stopped, retry};

async fn send(body: String) -> Result<(), Stopped> {
    drop(body);
    Ok(())
}

#[retry(clone(body), when = |_| !body.is_empty())]
async fn fetch(body: String) -> Result<(), Stopped> {
    send(body).await
}

fn main() {
    let _ = fetch(String::new());
}
