//! A limit without a unit.

use etiquette::{Stopped, with_timeout};

#[with_timeout(5)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}

// H157
