//! A slip in an option's name.

use etiquette::{Stopped, retry};

#[retry(attemps = 3)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}

// H149
