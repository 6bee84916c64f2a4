//! A `const fn` cannot wait.

use etiquette::{Stopped, with_timeout};

#[with_timeout(5s)]
const fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}

// H80
