//! `ref mut` changes an argument as `mut` does.

use etiquette::{Stopped, retry};

#[retry]
async fn fetch(ref mut body: String) -> Result<(), Stopped> {
    body.push('.');
    Ok(())
}

fn main() {
    let _ = fetch(String::new());
}

// H36, H164
