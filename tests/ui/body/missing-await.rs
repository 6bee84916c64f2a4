//! A future is no value: the help is about the body's own line.

use etiquette::{Stopped, with_timeout};

async fn part() -> Result<u32, Stopped> {
    Ok(3)
}

#[with_timeout(5s)]
async fn fetch() -> Result<u32, Stopped> {
    part()
}

fn main() {
    let _ = fetch();
}
