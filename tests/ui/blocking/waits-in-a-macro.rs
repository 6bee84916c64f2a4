//! A macro that waits, without a word of it.

use etiquette::{Stopped, blocking};

async fn read() -> Result<u32, Stopped> {
    Ok(1)
}

#[blocking]
async fn both() -> Result<u32, Stopped> {
    let (one, two) = tokio::join!(read(), read());
    Ok(one? + two?)
}

fn main() {
    let _ = both();
}
