//! A signature that is being typed.

use etiquette::{Stopped, retry};

#[retry]
async fn fetch(v: ) -> Result<usize, Stopped> {
    Ok(v)
}

fn main() {
    let _ = fetch(1);
}
