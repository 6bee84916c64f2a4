//! An expression that is no integer.

use etiquette::{Stopped, retry};

const ATTEMPTS: f64 = 3.0;

#[retry(attempts = ATTEMPTS)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}

// H155
