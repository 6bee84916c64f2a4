//! An option that resembles none.

use etiquette::{Stopped, retry};

#[retry(colour = "red")]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
