//! An option written twice.

use etiquette::{Stopped, retry};

#[retry(attempts = 3, attempts = 5)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}

// H151
