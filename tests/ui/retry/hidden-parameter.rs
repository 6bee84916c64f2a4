//! The name given to the attempt would hide a parameter.

use etiquette::{Stopped, retry};

#[retry(attempt = at)]
async fn fetch(at: u64) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(1);
}
