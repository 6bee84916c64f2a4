//! A key is hashed.

use etiquette::{Stopped, retry};

#[retry(key = weight)]
async fn fetch(weight: f64) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(1.5);
}
