//! A constant that is a number of seconds is no limit.

use etiquette::{Stopped, with_timeout};

const SECONDS: u64 = 5;

#[with_timeout(SECONDS)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
