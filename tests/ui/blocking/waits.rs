//! A thread that may block has nothing to wait with.

use etiquette::{Stopped, blocking};

async fn read() -> Result<u32, Stopped> {
    Ok(1)
}

#[blocking]
async fn one() -> Result<u32, Stopped> {
    read().await
}

#[blocking]
async fn in_a_block(n: u32) -> Result<u32, Stopped> {
    if n > 1 {
        for _ in 0..n {
            let read = read().await?;
            println!("{read}");
        }
    }
    Ok(n)
}

fn main() {
    let _ = (one(), in_a_block(1));
}
