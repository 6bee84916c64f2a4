//! A bare duration after `until =`.

use etiquette::{Stopped, with_timeout};

#[with_timeout(until = 5s)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
